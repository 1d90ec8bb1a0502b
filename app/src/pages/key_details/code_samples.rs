//! Code samples that send a key, in common languages. They read the key from the environment and never contain it.

/// Language and code of each sample; the calls go to `url`, the operator's API.
pub fn code_samples(url: &str) -> Vec<(String, String)> {
    let samples = vec![
        ("curl", format!("curl {url} \\\n  -H \"Authorization: ApiKey $KEYHATCH_KEY\"")),
        (
            "Python",
            format!(
                "import os\nimport requests\n\nanswer = requests.get(\n    \"{url}\",\n    headers={{\"Authorization\": \
                 \"ApiKey \" + os.environ[\"KEYHATCH_KEY\"]}},\n)\nanswer.raise_for_status()"
            ),
        ),
        (
            "JavaScript",
            format!(
                "const answer = await fetch(\"{url}\", {{\n  headers: {{ Authorization: `ApiKey \
                 ${{process.env.KEYHATCH_KEY}}` }},\n}});\nif (!answer.ok) throw new Error(answer.statusText);"
            ),
        ),
        (
            "Go",
            format!(
                "request, err := http.NewRequest(\"GET\", \"{url}\", nil)\nif err != nil {{\n\treturn err\n}}\n\
                 request.Header.Set(\"Authorization\", \"ApiKey \"+os.Getenv(\"KEYHATCH_KEY\"))\n\
                 answer, err := http.DefaultClient.Do(request)"
            ),
        ),
        (
            "PHP",
            format!(
                "$call = curl_init(\"{url}\");\ncurl_setopt($call, CURLOPT_HTTPHEADER, [\n    \"Authorization: ApiKey \" \
                 . getenv(\"KEYHATCH_KEY\"),\n]);\ncurl_setopt($call, CURLOPT_RETURNTRANSFER, true);\n\
                 $answer = curl_exec($call);"
            ),
        ),
    ];
    samples.into_iter().map(|(language, code)| (language.to_owned(), code)).collect()
}
