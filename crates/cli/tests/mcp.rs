//! `sijill mcp`, spoken to as an assistant's program does: lines of JSON-RPC on its standard input and output.

use std::process::{Command, Stdio};

fn sijill() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sijill"))
}

#[cfg(not(feature = "mcp"))]
#[test]
fn without_the_feature_it_says_how_to_get_it() {
    let out = sijill().arg("mcp").stdin(Stdio::null()).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(out.stdout.is_empty());
    assert!(String::from_utf8_lossy(&out.stderr).contains("--features mcp"));
}

#[cfg(feature = "mcp")]
mod spoken {
    use super::*;
    use serde_json::{Value, json};
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Child, ChildStdin, ChildStdout};

    /// A few sentences of our own.
    const ARTICLE: &str = r#"{"url":"https://one.example/1","outlet":"وكالة الشرق","published":"2024-05-02","title":"استقبال","text":"استقبل الرئيس الكازاخستاني قاسم جومارت توكاييف اليوم في أستانا وزير الخارجية الصيني وانغ يي."}"#;

    struct Line {
        child: Child,
        to: ChildStdin,
        from: BufReader<ChildStdout>,
        id: u64,
    }

    impl Line {
        fn say(&mut self, message: &Value) {
            writeln!(self.to, "{message}").unwrap();
            self.to.flush().unwrap();
        }

        fn ask(&mut self, method: &str, params: Value) -> Value {
            self.id += 1;
            let id = self.id;
            self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            loop {
                let mut line = String::new();
                assert!(self.from.read_line(&mut line).unwrap() > 0, "the server closed the line");
                // Nothing but the protocol stands on standard output.
                let answer: Value = serde_json::from_str(&line).unwrap();
                if answer["id"] == id {
                    return answer;
                }
            }
        }

        fn call(&mut self, tool: &str, arguments: Value) -> Value {
            self.ask("tools/call", json!({ "name": tool, "arguments": arguments }))["result"].clone()
        }
    }

    fn open(folder: &std::path::Path) -> Line {
        let (articles, register) = (folder.join("a.jsonl"), folder.join("a.db"));
        std::fs::write(&articles, format!("{ARTICLE}\n")).unwrap();
        assert!(sijill().arg("add").arg(&articles).arg("--register").arg(&register).output().unwrap().status.success());
        let mut child = sijill().arg("mcp").arg("--register").arg(&register).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut line = Line { child, to, from, id: 0 };
        let hello = line.ask("initialize", json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "0" } }));
        assert_eq!(hello["result"]["serverInfo"]["name"], "sijill");
        assert!(hello["result"]["instructions"].as_str().unwrap().contains("Cite"));
        line.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        line
    }

    #[test]
    fn an_assistant_asks_and_can_cite() {
        let folder = tempfile::tempdir().unwrap();
        let mut line = open(folder.path());

        let tools = line.ask("tools/list", json!({}))["result"]["tools"].clone();
        let names: Vec<&str> = tools.as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
        for name in ["search", "events", "event", "timeline", "actor", "standing", "checks", "read"] {
            assert!(names.contains(&name), "{name} of {names:?}");
        }
        let events = tools.as_array().unwrap().iter().find(|t| t["name"] == "events").unwrap();
        assert_eq!(events["annotations"]["readOnlyHint"], true);
        assert_eq!(events["inputSchema"]["additionalProperties"], false);
        assert!(events["inputSchema"]["properties"]["kind"]["items"]["enum"].as_array().unwrap().iter().any(|k| k == "meeting"));

        let found = line.call("events", json!({ "actor": ["CHN", "KAZ"] }))["structuredContent"].clone();
        let event = &found["items"][0];
        assert_eq!(event["kind"], "meeting");
        assert_eq!(event["proof"]["url"], "https://one.example/1");
        assert!(ARTICLE.contains(event["proof"]["quotes"][0].as_str().unwrap()));
        let id = event["event"].as_str().unwrap();
        assert!(id.starts_with("ev-"));

        let whole = line.call("event", json!({ "id": id }))["structuredContent"].clone();
        assert_eq!(whole["reports"][0]["published"], "2024-05-02");
        let record = line.call("read", json!({ "text": "زار الملك الأردني عبد الله الثاني القاهرة أمس.", "published": "2024-05-02" }))["structuredContent"].clone();
        assert_eq!(record["events"][0]["kind"], "visit");

        // What is wrong is said so that one can ask better.
        for (tool, arguments, says) in
            [("events", json!({ "colour": "red" }), "colour"), ("event", json!({ "id": "ev-nothing" }), "ev-nothing"), ("events", json!({ "kind": ["party"] }), "party")]
        {
            let answer = line.call(tool, arguments);
            assert_eq!(answer["isError"], true, "{tool}");
            assert!(answer["content"][0]["text"].as_str().unwrap().contains(says), "{answer}");
        }
        assert!(line.ask("tools/call", json!({ "name": "drop" }))["error"]["message"].as_str().unwrap().contains("drop"));

        // It ends when the assistant goes.
        drop(line.to);
        assert!(line.child.wait().unwrap().success());
    }
}
