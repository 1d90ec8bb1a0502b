//! Code that sends a key, in common languages, with the operator's own header, address and variable. Samples read the key
//! from the environment and never contain it. Which of them a page shows does not belong here.

use zeroize::Zeroizing;

use crate::auth_header::AuthHeader;
use crate::policy::Policy;

/// The call that samples make.
#[derive(Clone, Copy, Debug)]
pub struct SampleCall<'a> {
    /// The URL of the operator's API, as the policy validated it: no quotes, backslashes or spaces.
    pub url: &'a str,
    /// How the key is sent.
    pub header: AuthHeader,
    /// The environment variable that holds the key.
    pub variable: &'a str,
    /// The key's name, which Basic authentication sends as user.
    pub key_name: &'a str,
}

/// A language of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each has the name of its language or program")]
pub enum Language {
    Curl,
    Python,
    JavaScript,
    Go,
    Php,
    Ruby,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Curl, Self::Python, Self::JavaScript, Self::Go, Self::Php, Self::Ruby];

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Go => "Go",
            Self::Php => "PHP",
            Self::Ruby => "Ruby",
        }
    }
}

/// The sample of every language, with its label. `key_name` is used by Basic authentication only.
pub fn code_samples(policy: &Policy, key_name: &str) -> Vec<(&'static str, String)> {
    let (header, variable) = (policy.auth_header, policy.key_variable());
    let call = SampleCall { url: &policy.api_url, header, variable: &variable, key_name };
    Language::ALL.into_iter().map(|language| (language.label(), code_sample(language, &call))).collect()
}

/// The sample of one language, without a line break at its end.
pub fn code_sample(language: Language, call: &SampleCall<'_>) -> String {
    match language {
        Language::Curl => curl(call),
        Language::Python => python(call),
        Language::JavaScript => javascript(call),
        Language::Go => go(call),
        Language::Php => php(call),
        Language::Ruby => ruby(call),
    }
}

/// The line of a `.env` file that holds the key. A key has letters, digits and `_` only, so it needs no quotes.
pub fn env_line(variable: &str, key: &str) -> Zeroizing<String> {
    // `concat` allocates once, so that no copy of the key is left behind.
    Zeroizing::new([variable, "=", key].concat())
}

/// The header's name, and what stands before the key in its value; `None` for Basic.
fn header(call: &SampleCall<'_>) -> Option<(&'static str, &'static str)> {
    match call.header {
        AuthHeader::ApiKey => Some(("Authorization", "ApiKey ")),
        AuthHeader::Bearer => Some(("Authorization", "Bearer ")),
        AuthHeader::XApiKey => Some(("X-Api-Key", "")),
        AuthHeader::Basic => None,
    }
}

/// A string literal of Python, JavaScript and Go. A key's name has no control characters.
fn double_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A string literal of PHP and Ruby, in which nothing is interpolated.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A word of a POSIX shell, quoted if needed.
fn shell_word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/@%+,=".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn curl(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let option = match header(call) {
        Some((name, scheme)) => format!("-H \"{name}: {scheme}${variable}\""),
        None => format!("-u {}:\"${variable}\"", shell_word(key_name)),
    };
    format!("curl {} \\\n  {option}", shell_word(url))
}

fn python(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let key = format!("os.environ[\"{variable}\"]");
    let option = match header(call) {
        Some((name, "")) => format!("headers={{\"{name}\": {key}}}"),
        Some((name, scheme)) => format!("headers={{\"{name}\": \"{scheme}\" + {key}}}"),
        // Requests encodes strings in Latin-1; bytes are sent as they are.
        None => format!("auth=({}.encode(), {key}.encode())", double_quoted(key_name)),
    };
    format!(
        "import os\nimport requests\n\nresponse = requests.get(\n    {},\n    {option},\n)\n\
         response.raise_for_status()\nprint(response.text)",
        double_quoted(url)
    )
}

fn javascript(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let key = format!("process.env.{variable}");
    let (before, option) = match header(call) {
        Some((name, "")) => (String::new(), format!("\"{name}\": {key}")),
        Some((name, scheme)) => (String::new(), format!("{name}: `{scheme}${{{key}}}`")),
        // `btoa` refuses names beyond Latin-1.
        None => (
            format!(
                "const user = Buffer.from({} + {key}).toString(\"base64\");\n",
                double_quoted(&format!("{key_name}:"))
            ),
            "Authorization: `Basic ${user}`".to_owned(),
        ),
    };
    format!(
        "{before}const response = await fetch({}, {{\n  headers: {{ {option} }},\n}});\n\
         if (!response.ok) throw new Error(await response.text());\nconsole.log(await response.text());",
        double_quoted(url)
    )
}

fn go(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let key = format!("os.Getenv(\"{variable}\")");
    let statement = match header(call) {
        Some((name, "")) => format!("request.Header.Set(\"{name}\", {key})"),
        Some((name, scheme)) => format!("request.Header.Set(\"{name}\", \"{scheme}\"+{key})"),
        None => format!("request.SetBasicAuth({}, {key})", double_quoted(key_name)),
    };
    format!(
        "request, err := http.NewRequest(\"GET\", {}, nil)\nif err != nil {{\n\treturn err\n}}\n{statement}\n\
         response, err := http.DefaultClient.Do(request)\nif err != nil {{\n\treturn err\n}}\ndefer response.Body.Close()",
        double_quoted(url)
    )
}

fn php(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let key = format!("getenv('{variable}')");
    let option = match header(call) {
        Some((name, scheme)) => format!("CURLOPT_HTTPHEADER, ['{name}: {scheme}' . {key}]"),
        None => format!("CURLOPT_USERPWD, {} . {key}", single_quoted(&format!("{key_name}:"))),
    };
    format!(
        "$call = curl_init({});\ncurl_setopt($call, {option});\ncurl_setopt($call, CURLOPT_FAILONERROR, true);\n\
         curl_exec($call);",
        single_quoted(url)
    )
}

fn ruby(call: &SampleCall<'_>) -> String {
    let SampleCall { url, variable, key_name, .. } = *call;
    let key = format!("ENV.fetch('{variable}')");
    let statement = match header(call) {
        Some((name, "")) => format!("request['{name}'] = {key}"),
        Some((name, scheme)) => format!("request['{name}'] = '{scheme}' + {key}"),
        None => format!("request.basic_auth({}, {key})", single_quoted(key_name)),
    };
    format!(
        "require 'net/http'\n\nuri = URI({})\nrequest = Net::HTTP::Get.new(uri)\n{statement}\n\
         response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|\n  http.request(request)\n\
         end\nputs response.body",
        single_quoted(url)
    )
}
