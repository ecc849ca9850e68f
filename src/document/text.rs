//! A paper as a message, and as data.

use serde_json::{Value, json};

use super::table::TableCell;
use super::{Column, Fact, Paper, Part, Row};

/// What the form for machines calls itself.
const FORMAT: &str = "double-random-publication";
/// The version of the form for machines.
const FORM_VERSION: u32 = 1;

/// The paper as plain text, for a message: head, a line a row, foot.
#[must_use]
pub fn message(paper: &Paper) -> String {
    let mut lines = vec![paper.issuer.clone(), paper.title.clone()];
    lines.extend(paper.mark.clone());
    lines.extend(paper.facts.iter().map(Fact::said));
    lines.extend(paper.code.clone());
    lines.push(String::new());
    lines.extend(paper.parts.iter().flat_map(part));
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
    let places = paper.end.iter().flat_map(|end| end.places());
    lines.extend(places.map(|(name, words)| format!("{name}：{words}")));
    if !paper.issued.is_empty() {
        lines.push(format!("{}　{}", paper.issuer, paper.issued));
    }
    lines.join("\n")
}

/// The lines of a part; a heading has a line above it.
fn part(part: &Part) -> Vec<String> {
    let under = |heading: &String| {
        let heading = Some(heading).filter(|it| !it.is_empty());
        heading.map(|it| format!("\n{it}"))
    };
    match part {
        Part::Address(words) | Part::Text(words) => vec![words.clone()],
        Part::Values(rows) => rows.iter().map(Fact::said).collect(),
        Part::List { heading, lines } => {
            let lines = lines.iter().map(|it| format!("{} {}", it.name, it.words));
            under(heading).into_iter().chain(lines).collect()
        }
        Part::Figures(table) => {
            let rows = std::iter::once(&table.heads).chain(&table.rows);
            let rows = rows.map(|row| row.join("，"));
            under(&table.caption).into_iter().chain(rows).collect()
        }
        Part::Beside(halves) => halves.iter().flatten().flat_map(self::part).collect(),
    }
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
            let cells: Vec<String> = row.cells.iter().map(TableCell::shown).collect();
            json!({ "cells": cells, "void": row.is_struck })
        })
        .collect();
    let heads: Vec<&str> = paper
        .columns
        .iter()
        .map(|column| column.head.as_str())
        .collect();
    let mut data = json!({
        "format": FORMAT,
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
    });
    // Only where they are: what is published has none, and its hash stays what it was.
    if let Some(code) = &paper.code {
        data["code"] = json!(code);
    }
    if !paper.parts.is_empty() {
        data["parts"] = json!(paper.parts);
    }
    if let Some(end) = &paper.end {
        let places = end.places();
        let places = places.map(|(name, words)| json!({ "name": name, "words": words }));
        data["signatures"] = places.collect();
    }
    data
}

/// The paper that a form for machines says, to be looked at: all cells are text, and all
/// columns equally wide. None where it is no such form.
#[must_use]
pub fn read(data: &Value) -> Option<Paper> {
    let text = |of: &Value, key: &str| of[key].as_str().map(str::to_owned);
    let texts = |of: &Value| -> Option<Vec<String>> {
        let texts = of
            .as_array()?
            .iter()
            .map(|it| it.as_str().map(str::to_owned));
        texts.collect()
    };
    (data["format"] == FORMAT && data["version"] == FORM_VERSION).then_some(())?;
    let columns = texts(&data["columns"])?.into_iter().map(|head| Column {
        head,
        width: 1,
        is_brief: true,
    });
    let rows = data["rows"].as_array()?.iter().map(|row| {
        let cells = texts(&row["cells"])?.into_iter().map(TableCell::text);
        let (cells, is_struck) = (cells.collect(), row["void"] == true);
        Some(Row { cells, is_struck })
    });
    let facts = data["facts"].as_array()?.iter().map(|fact| {
        let (name, words) = (text(fact, "name")?, text(fact, "words")?);
        Some(Fact { name, words })
    });
    let parts = data.get("parts");
    let parts = parts.map(|parts| serde_json::from_value(parts.clone()));
    Some(Paper {
        parts: parts.transpose().ok()?.unwrap_or_default(),
        issuer: text(data, "issuer")?,
        title: text(data, "title")?,
        mark: text(data, "mark"),
        facts: facts.collect::<Option<_>>()?,
        columns: columns.collect(),
        rows: rows.collect::<Option<_>>()?,
        notes: texts(&data["notes"])?,
        issued: text(data, "issued")?,
        ..Paper::default()
    })
}
