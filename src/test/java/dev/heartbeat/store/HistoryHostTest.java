package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryHostTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "https://www.google.com | www.google.com | google.com",
            "https://en.wikipedia.org/wiki/Special:Random | en.wikipedia.org | wikipedia.org",
            "http://user:p@ss@Shop.Example.CO.UK:8080/a?b@c#d | shop.example.co.uk | example.co.uk",
            "https://example.co.uk | example.co.uk | example.co.uk",
            "https://co.uk | co.uk | co.uk",
            "https://a.b.example.com.au | a.b.example.com.au | example.com.au",
            "https://www.me.de | www.me.de | me.de",
            "https://bücher.example.de/ü | xn--bcher-kva.example.de | example.de",
            "https://例え.テスト/ | xn--r8jz45g.xn--zckzah | xn--r8jz45g.xn--zckzah",
            "https://example.com./ | example.com | example.com",
            "https://10.0.0.7:8443/x | 10.0.0.7 | -",
            "https://[2001:DB8::1]:8443/x | 2001:db8::1 | -",
            "[::1]:5432 | ::1 | -",
            "db.internal.example.org:5432 | db.internal.example.org | example.org",
            "localhost:5432 | localhost | -",
            "https://my_service:8080 | my_service | -",
            "heartbeat://canary | canary | -",
            "inbox | - | -",
            "a/b:1 | - | -",
            "mq-interceptor | - | -" })
    void anAddressNamesAHostAndItsDomain(String address, String host, String domain) {
        assertThat(HistoryHost.of(address)).isEqualTo(new HistoryHost(host, domain));
    }
}
