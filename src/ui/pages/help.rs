//! 帮助: what the program does, how a number is checked, addresses, file formats.

use leptos::prelude::*;

use crate::engine::lottery::{Key, ticket_command, windows_command};
use crate::ui::app::use_lang;
use crate::ui::route::Page;
use crate::ui::shell::key_list;
use crate::ui::widgets::{PageHead, command_line};
use crate::workbook::{FILE_BYTES_MAX, OFFICERS_MAX, UNITS_MAX};

/// The published schemas: name of the format, and the text.
const SCHEMAS: [(&str, &str); 6] = [
    (
        "double-random/workbook",
        include_str!("../../../tests/schema/workbook.schema.json"),
    ),
    (
        "double-random/units",
        include_str!("../../../tests/schema/units.schema.json"),
    ),
    (
        "double-random/officers",
        include_str!("../../../tests/schema/officers.schema.json"),
    ),
    (
        "double-random/items",
        include_str!("../../../tests/schema/items.schema.json"),
    ),
    (
        "double-random/agencies",
        include_str!("../../../tests/schema/agencies.schema.json"),
    ),
    (
        "double-random/engineers",
        include_str!("../../../tests/schema/engineers.schema.json"),
    ),
];

/// Help.
#[component]
pub fn HelpPage() -> impl IntoView {
    let t = use_lang();
    let steps = [
        t.help_step1(),
        t.help_step2(),
        t.help_step3(),
        t.help_step4(),
        t.help_step5(),
        t.help_step6(),
    ];
    let proofs = [t.help_proof1(), t.help_proof2(), t.help_proof3()];
    let roles = [t.help_roles1(), t.help_roles2(), t.help_roles3()];
    let key = Key::from_text("76504e3e8e6565a3a3d117493991360a");
    let example = key.map(|key| {
        let (sh, windows) = (
            ticket_command(&key, &["U1"]),
            windows_command(&key.line(&["U1"])),
        );
        view! {
            {command_line(t, sh)}
            <p class="caption">{t.compute_windows()}</p>
            {command_line(t, windows)}
        }
    });
    view! {
        <PageHead title=t.help_title() facts=view! { {t.help_facts()} }.into_any() />
        <div class="page-body">
            <div class="help-columns">
                {section(t.help_what(), view! { <p>{t.help_what_text()}</p> }.into_any())}
                {section(t.help_steps(), numbered(&steps))}
                {section(
                    t.help_number(),
                    view! {
                        <p>{t.help_number_text()}</p>
                        {example}
                        <p class="caption">{t.help_number_windows()}</p>
                    }
                        .into_any(),
                )}
                {section(t.help_proof(), numbered(&proofs))}
                {section(t.help_roles(), numbered(&roles))}
                {section(t.help_routes(), routes())}
                {section(t.help_keys(), key_list())}
                {section(t.help_files(), files())}
                {section(
                    t.help_limits(),
                    view! { <p>{t.help_limits_text(UNITS_MAX, OFFICERS_MAX, FILE_BYTES_MAX / 1024 / 1024)}</p> }
                        .into_any(),
                )}
            </div>
        </div>
    }
}

fn section(title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="pane help-section">
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn numbered(lines: &[&'static str]) -> AnyView {
    let items = lines.iter().zip(1..).map(|(line, number): (_, u32)| {
        view! {
            <li>
                <b>{number}</b>
                <span>{*line}</span>
            </li>
        }
    });
    view! { <ol class="help-list">{items.collect_view()}</ol> }.into_any()
}

/// The address of each page there is, with an example of a record.
fn routes() -> AnyView {
    let t = use_lang();
    let record = |page: Page| match page {
        Page::Month => "/2026-08",
        Page::Units => "/NG-02051",
        Page::Officers => "/P07",
        Page::Agencies => "/AG-00003",
        Page::Engineers => "/EN-00012",
        Page::OwnDraws => "/engineers",
        Page::Campaign => "/2026-1",
        Page::SelfCheck => "/2026-10",
        Page::Publish => "/2026-plan-5",
        Page::Ceremony => "/1",
        _ => "",
    };
    let rows = Page::ALL.map(|page| {
        let hash = format!("#/{}", page.path());
        let example = format!("{hash}{}", record(page));
        view! {
            <dt>
                <a href=hash>
                    <code>{example}</code>
                </a>
            </dt>
            <dd>{crate::ui::shell::page_name(t, page)}</dd>
        }
    });
    view! {
        <p class="caption">{t.help_routes_note()}</p>
        <dl class="facts-list help-routes">{rows.collect_view()}</dl>
    }
    .into_any()
}

fn files() -> AnyView {
    let t = use_lang();
    let schemas = SCHEMAS.map(|(name, text)| {
        view! {
            <details>
                <summary>{t.help_schema(name)}</summary>
                <pre class="code wrap schema">{text}</pre>
            </details>
        }
    });
    view! {
        <p>{t.help_files_text()}</p>
        {schemas.collect_view()}
    }
    .into_any()
}
