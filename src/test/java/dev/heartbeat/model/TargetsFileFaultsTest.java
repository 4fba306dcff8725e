package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsFileFaultsTest {
    /** The entry stands in line 3 from column 7 on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {port: 1}                           | 3:7: .host: must be given: a text that is not blank
            {host: , port: 1}                   | 3:13: .host: must be given: a text that is not blank
            {host: ' ', port: 1}                | 3:14: .host: " " must be a text that is not blank
            {host: [a], port: 1}                | 3:14: .host: must be a text that is not blank
            {host: 'http://a', port: 1}         | 3:14: .host: "http://a" must be a host name, an IPv4 or an IPv6 address, without scheme, port and path
            {host: 'a:1', port: 1}              | 3:14: .host: "a:1" must be a host name, an IPv4 or an IPv6 address, without scheme, port and path
            {host: '[a]', port: 1}              | 3:14: .host: "[a]" must be a host name, an IPv4 or an IPv6 address, without scheme, port and path
            {host: a b, port: 1}                | 3:14: .host: "a b" must be a host name, an IPv4 or an IPv6 address, without scheme, port and path
            {host: a}                           | 3:7: .port: must be given: a whole number from 1 to 65535
            {host: a, port: 80a}                | 3:23: .port: "80a" must be a whole number from 1 to 65535
            {host: a, port: 0}                  | 3:23: .port: "0" must be a whole number from 1 to 65535
            {host: a, port: 65536}              | 3:23: .port: "65536" must be a whole number from 1 to 65535
            {host: a, port: 99999999999}        | 3:23: .port: "99999999999" must be a whole number from 1 to 65535
            {host: a, port: -1}                 | 3:23: .port: "-1" must be a whole number from 1 to 65535
            {host: a, port: 80.0}               | 3:23: .port: "80.0" must be a whole number from 1 to 65535
            {host: a, port: 0x50}               | 3:23: .port: "0x50" must be a whole number from 1 to 65535
            {host: a, port: {}}                 | 3:23: .port: must be a whole number from 1 to 65535
            {host: a, port: 1, name: ''}        | 3:32: .name: "" must be a text that is not blank
            {host: a, port: 1, name: "a\\e[1m"} | 3:32: .name: "a\\u001b[1m" must not hold control characters
            {host: a, port: 1, name: "a\\r\\n"} | 3:32: .name: "a\\u000d\\u000a" must not hold control characters
            {host: a, port: 1, prot: 2}         | 3:26: .prot: is no key here; did you mean port? (known are host, port, name, interval, timeout, retries)
            {host: a, port: 1, description: 2}  | 3:26: .description: is no key here; known are host, port, name, interval, timeout, retries
            {host: a, port: 1, port: 2}         | 3:26: .port: must be given once; it stands in line 3 already
            {host: a, port: 1, interval: soon}  | 3:36: .interval: "soon" must be a duration such as 60 (seconds), 0.5, 500ms, 2m, 1h, 1d or PT30S
            {host: a, port: 1, interval: -5}    | 3:36: .interval: "-5" must be a duration such as 60 (seconds), 0.5, 500ms, 2m, 1h, 1d or PT30S
            {host: a, port: 1, interval: 31d}   | 3:36: .interval: "31d" must be at most 30d
            {host: a, port: 1, timeout: 0}      | 3:35: .timeout: "0" must be more than 0 and at most 1h
            {host: a, port: 1, timeout: 3601}   | 3:35: .timeout: "3601" must be more than 0 and at most 1h
            {host: a, port: 1, retries: 11}     | 3:35: .retries: "11" must be a whole number from 0 to 10
            {host: a, port: 1, retries: -1}     | 3:35: .retries: "-1" must be a whole number from 0 to 10
            a                                   | 3:7: : must be a mapping of keys to values
            ~                                   | 3:7: : must be a mapping of keys to values
            """)
    void wrongHosts(String entry, String fault) {
        assertThat(faults("heartbeat:\n  hosts:\n    - " + entry)).containsExactly(expected("hosts", fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {name: a}                                         | 3:7: .url: must be given: an address that starts with http:// or https://
            {url: 'ftp://a'}                                  | 3:13: .url: must start with http:// or https://
            {url: example.org}                                | 3:13: .url: must start with http:// or https://
            {url: 'http://a b'}                               | 3:13: .url: must be a valid web address: Illegal character in authority
            {url: 'http:///x'}                                | 3:13: .url: must name a host after ://
            {url: 'http://a:70000/'}                          | 3:13: .url: must have a port from 1 to 65535, or none
            {url: 'http://a:x/'}                              | 3:13: .url: must have a host name or address, and a port from 1 to 65535
            {url: 'http://a', name: ' '}                      | 3:31: .name: " " must be a text that is not blank
            {url: 'http://a', method: 'G T'}                  | 3:33: .method: "G T" must be an HTTP method such as GET or HEAD
            {url: 'http://a', headers: [a]}                   | 3:34: .headers: must be a mapping of keys to values
            {url: 'http://a', topic: a b}                     | 3:32: .topic: "a b" must be the name of a topic: 1 to 249 letters, digits, ".", "_" and "-"
            {url: 'http://a', topic: ..}                      | 3:32: .topic: ".." must be the name of a topic: 1 to 249 letters, digits, ".", "_" and "-"
            {url: 'http://a', headers: {'A:': b}}             | 3:35: .headers.A:: must be an HTTP header name: letters, digits and -
            {url: 'http://a', headers: {A: b, a: c}}          | 3:41: .headers.a: must be given once, however its letters are written
            {url: 'http://a', headers: {A: "hush\\nB: c"}}    | 3:38: .headers.A: must be a text of Latin-1 without line breaks
            {url: 'http://a', headers: {A: [hush]}}           | 3:38: .headers.A: must be a text of Latin-1 without line breaks
            {url: 'http://a', redirects: 51}                  | 3:36: .redirects: "51" must be a whole number from 0 to 50
            {url: 'http://a', redirects: no}                  | 3:36: .redirects: "no" must be a whole number from 0 to 50
            {url: 'http://a', expect: 200}                    | 3:33: .expect: must be a mapping of keys to values
            {url: 'http://a', expect: {status: 99}}           | 3:42: .expect.status: "99" must be a status code such as 200, or a range such as 200-299
            {url: 'http://a', expect: {status: []}}           | 3:42: .expect.status: must hold at least one: a status code such as 200, or a range such as 200-299
            {url: 'http://a', expect: {status: [200, 2xx]}}   | 3:48: .expect.status[1]: "2xx" must be a status code such as 200, or a range such as 200-299
            {url: 'http://a', expect: {status: 299-200}}      | 3:42: .expect.status: "299-200" must be a range from the lower to the higher code
            {url: 'http://a', expect: {body: '(a'}}           | 3:40: .expect.body: "(a" must be a regular expression as Python's re.search takes it: <(a>
            {url: 'http://a', expect: {latency: 0}}           | 3:43: .expect.latency: "0" must be more than 0 and at most 1h
            {url: 'http://a', expect: {certificate_days: 1}}  | 3:52: .expect.certificate_days: "1" must go with a url of https://
            {url: 'https://a', expect: {certificate_days: x}} | 3:53: .expect.certificate_days: "x" must be a whole number from 0 to 3650
            {url: 'http://a', expect: {state: 1}}             | 3:34: .expect.state: is no key here; did you mean status? (known are status, body, latency, certificate_days)
            {url: 'http://a', tls: {verify: maybe}}           | 3:39: .tls.verify: "maybe" must be true or false
            {url: 'http://a', tls: {certificate: a}}          | 3:30: .tls.key: must be given: certificate and key go together
            {url: 'http://a', tls: {key: a}}                  | 3:30: .tls.certificate: must be given: certificate and key go together
            {url: 'http://a', tls: {cert: a}}                 | 3:31: .tls.cert: is no key here; known are verify, ca, server_name, certificate, key
            {url: 'http://a', timeout: PT2H}                  | 3:34: .timeout: "PT2H" must be more than 0 and at most 1h
            """)
    void wrongWebsites(String entry, String fault) {
        assertThat(faults("heartbeat:\n  http:\n    - " + entry)).containsExactly(expected("http", fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {listeners: []}                             | 3:7: .queue: must be given: a text that is not blank
            {queue: q}                                  | 3:7: .listeners: must be given: a list of tag and name, [] for none
            {queue: q, listeners: a}                    | 3:29: .listeners: must be a list
            {queue: q, listeners: [a]}                  | 3:30: .listeners[0]: must be a mapping of keys to values
            {queue: q, listeners: [{name: n}]}          | 3:30: .listeners[0].tag: must be given: a regular expression as Python's re.search takes it
            {queue: q, listeners: [{tag: ~, name: n}]}  | 3:36: .listeners[0].tag: must be given: a regular expression as Python's re.search takes it
            {queue: q, listeners: [{tag: a}]}           | 3:30: .listeners[0].name: must be given: a text that is not blank
            {queue: q, listeners: [{tag: '*', name: n}]} | 3:36: .listeners[0].tag: "*" must be a regular expression as Python's re.search takes it: <*>
            {queue: q, listeners: [{tag: a, name: n, nmae: 1}]} | 3:48: .listeners[0].nmae: is no key here; did you mean name? (known are tag, name)
            {queue: q, vhost: '', listeners: []}        | 3:25: .vhost: "" must be a text that is not blank
            {queue: q, listener: []}                    | 3:7: .listeners: must be given: a list of tag and name, [] for none
            """)
    void wrongQueues(String entry, String fault) {
        assertThat(faults("heartbeat:\n  rmq_consumers:\n    - " + entry)).contains(expected("rmq_consumers", fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {}                                        | 1:1: heartbeat: must be given: a mapping that holds hosts, http, rmq_consumers or health
            []                                        | 1:1: must be a mapping of keys to values
            a                                         | 1:1: must be a mapping of keys to values
            heartbeat: 1                              | 1:12: heartbeat: must be a mapping of keys to values
            heartbeat: {}                             | 1:12: heartbeat: must hold a target: nothing is watched
            heartbeat: {hosts: []}                    | 1:12: heartbeat: must hold a target: nothing is watched
            heartbeat: {hosts: {}}                    | 1:20: heartbeat.hosts: must be a list
            heartbeat: {defaults: []}                 | 1:23: heartbeat.defaults: must be a mapping of keys to values
            heartbeat: {defaults: {intervall: 1}}     | 1:24: heartbeat.defaults.intervall: is no key here; did you mean interval? (known are interval, timeout, retries)
            heartbeat: {host: []}                     | 1:13: heartbeat.host: is no key here; did you mean hosts? (known are defaults, hosts, http, rmq_consumers, health)
            """)
    void wrongFiles(String text, String fault) {
        assertThat(faults(text)).containsExactly("t.yaml:" + fault);
    }

    @Test
    void allFaultsAreToldAtOnceInTheirOrder() {
        String text = """
                heartbeat:
                  rmq_consumers:
                    - queue: q
                      listeners: [{tag: "(", name: 7}, {tag: a}]
                  hosts:
                    - host: a
                      port: x
                    - port: 1
                  htpp: []
                hosts: []
                """;

        assertThat(faults(text)).containsExactly(
                Complaints.in("t.yaml:4:25: heartbeat.rmq_consumers[0].listeners[0].tag: \"(\" must be a regular expression as "
                        + "Python's re.search takes it: <(>"),
                "t.yaml:4:40: heartbeat.rmq_consumers[0].listeners[1].name: must be given: a text that is not blank",
                "t.yaml:7:13: heartbeat.hosts[0].port: \"x\" must be a whole number from 1 to 65535",
                "t.yaml:8:7: heartbeat.hosts[1].host: must be given: a text that is not blank",
                "t.yaml:9:3: heartbeat.htpp: is no key here; did you mean http? (known are defaults, hosts, http, rmq_consumers, health)",
                "t.yaml:10:1: hosts: is no key here; known are heartbeat, $schema");
    }

    @Test
    void aNameIsGivenOnceAmongItsKind() {
        String text = """
                heartbeat:
                  hosts:
                    - {host: a, port: 1}
                    - {host: b, port: 0}
                    - {host: c, port: 1, name: a}
                  http:
                    - {url: 'http://a', name: a}
                    - {url: 'http://b', name: a}
                  rmq_consumers:
                    - {queue: q, listeners: [{tag: x, name: a}, {tag: y, name: a}]}
                    - {queue: q, vhost: v, listeners: [{tag: x, name: a}]}
                """;

        assertThat(faults(text)).containsExactly(
                "t.yaml:4:23: heartbeat.hosts[1].port: \"0\" must be a whole number from 1 to 65535",
                "t.yaml:5:32: heartbeat.hosts[2].name: \"a\" must not be given twice: it is the name of the host in line 3 already",
                "t.yaml:8:31: heartbeat.http[1].name: \"a\" must not be given twice: it is the name of the website in line 7 already",
                "t.yaml:11:15: heartbeat.rmq_consumers[1].queue: \"q\" must not be given twice: it is the name of the queue in line 10 already");
    }

    @Test
    void namesThatAColonMakesAlikeInPhsKeysAreAFault() {
        String text = """
                heartbeat:
                  hosts:
                    - {host: a, port: 1, name: 'x:y'}
                  http:
                    - {url: 'http://a', name: x_y}
                  rmq_consumers:
                    - {queue: x_y, listeners: []}
                """;

        assertThat(faults(text)).containsExactly("t.yaml:5:31: heartbeat.http[0].name: \"x_y\" must not be written service:x_y "
                + "in PH's Redis keys, as the host in line 3 is already: one of them needs another name");
    }

    @ParameterizedTest
    @ValueSource(strings = { "url: 'http://u:hush@a:99999/'", "url: 'htp://u:hush@a/'", "url: 'http://u:hush@a/ b'",
            "url: ['http://u:hush@a/']", "url: 'http://u:hush@a/'\n      name: [1]", "url: 'http://u:hush@b@a/'",
            "url: 'http://a'\n      headers: {Authorization: \"hush\\n\"}", "url: 'http://a'\n      headers: {A: {hush: 1}}",
            "url: 'http://a'\n      headers: hush", "url: 'http://a'\n      headers: {A: !ENV hush}",
            "url: 'http://a'\n      headers: {A: \"hush}", "url: 'http://u:hush@a/'\n    - url: 'http://u:hush@a/'",
            "url: 'http://u:hush@x:1/'\n    - url: 'http://u:hush@y:1/'\n      method: ' '" })
    void noMessageShowsASecret(String entry) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", "heartbeat:\n  http:\n    - " + entry, false);

        assertThat(read.faults()).isNotEmpty();
        assertThat(read.faults().toString() + read.warnings()).doesNotContain("hush");
    }

    @Test
    void longNamesAreRefusedWithoutBeingShownWhole() {
        String name = "n".repeat(513);

        List<String> faults = faults("heartbeat: {hosts: [{host: a, port: 1, name: " + name + "}]}");

        assertThat(faults).containsExactly("t.yaml:1:46: heartbeat.hosts[0].name: \"" + "n".repeat(80)
                + "...\" must be at most 512 characters long");
    }

    @Test
    void bytesThatAreNotUtf8AreAFaultWithTheirPlace() {
        byte[] latin = "heartbeat:\n  hüsts: 1".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(TargetsFile.read("t.yaml", latin, true).faults()).extracting(Fault::toString)
                .containsExactly("t.yaml:2:4: must be UTF-8");
    }

    @Test
    void whatAnAliasRepeatsIsToldOnce() {
        String text = "heartbeat: {http: [{url: 'http://a', tls: &t {verify: 1}}, {url: 'http://b', tls: *t}]}";

        assertThat(faults(text)).containsExactly("t.yaml:1:55: heartbeat.http[0].tls.verify: \"1\" must be true or false");
    }

    @Test
    void thousandsOfFaultsAreCounted() {
        String text = "heartbeat: {hosts: [" + "1,".repeat(1500) + "]}";

        List<String> faults = faults(text);

        assertThat(faults).hasSize(1001).last().isEqualTo("t.yaml:1:1: has 500 more faults, which are not shown");
    }

    /** {@code 3:7: .port: words} as the fault of the section's first entry. */
    private static String expected(String section, String fault) {
        return Complaints.in("t.yaml:" + fault.replaceFirst(": ", ": heartbeat." + section + "[0]"));
    }

    private static List<String> faults(String text) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", text, false);
        assertThat(read.targets()).isNull();
        return read.faults().stream().map(Fault::toString).toList();
    }
}
