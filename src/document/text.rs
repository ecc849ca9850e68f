//! A paper as a message, and as data.

use serde_json::{Value, json};

use super::Paper;

/// The version of the form for machines.
const FORM_VERSION: u32 = 1;

/// The paper as plain text, for a message: head, a line a row, foot.
#[must_use]
pub fn message(paper: &Paper) -> String {
    let mut lines = vec![paper.issuer.clone(), paper.title.clone()];
    lines.extend(paper.mark.clone());
    let facts = paper.facts.iter();
    lines.extend(facts.map(|fact| format!("{}：{}", fact.name, fact.words)));
    lines.push(String::new());
    for row in &paper.rows {
        let cells = row.cells.iter().zip(&paper.columns);
        let cells = cells
            .filter(|(_, column)| column.is_brief)
            .map(|it| it.0.shown());
        let words: Vec<String> = cells.filter(|words| !words.is_empty()).collect();
        lines.push(words.join("，"));
    }
    lines.push(String::new());
    lines.extend(paper.notes.iter().cloned());
    lines.push(format!("{}　{}", paper.issuer, paper.issued));
    lines.join("\n")
}

/// The paper for machines: the same words, with names.
#[must_use]
pub fn data(paper: &Paper) -> Value {
    let facts: Vec<Value> = paper
        .facts
        .iter()
        .map(|fact| json!({ "name": fact.name, "words": fact.words }))
        .collect();
    let rows: Vec<Value> = paper
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(super::table::TableCell::shown)
                .collect();
            json!({ "cells": cells, "void": row.is_struck })
        })
        .collect();
    let heads: Vec<&str> = paper
        .columns
        .iter()
        .map(|column| column.head.as_str())
        .collect();
    json!({
        "format": "double-random-publication",
        "version": FORM_VERSION,
        "kind": paper.kind,
        "issuer": paper.issuer,
        "title": paper.title,
        "mark": paper.mark,
        "facts": facts,
        "columns": heads,
        "rows": rows,
        "notes": paper.notes,
        "issued": paper.issued,
    })
}
