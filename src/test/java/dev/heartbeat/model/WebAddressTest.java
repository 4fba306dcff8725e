package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
            "http://a, http://a, a, 80",
            "HTTPS://A.example.org, HTTPS://A.example.org, A.example.org, 443",
            "http://a:8080/x?y=z#w, http://a:8080/x?y=z#w, a, 8080",
            "http://a:/, http://a:/, a, 80",
            "http://my_service:8080/, http://my_service:8080/, my_service, 8080",
            "http://[::1]:8080/, http://[::1]:8080/, ::1, 8080",
            "http://u:p@a/x, http://u:p@a/x, a, 80",
            "https://münchen.example/ä?ö=ü, https://xn--mnchen-3ya.example/%C3%A4?%C3%B6=%C3%BC, xn--mnchen-3ya.example, 443",
            "https://u:p@münchen.example:1/, https://u:p@xn--mnchen-3ya.example:1/, xn--mnchen-3ya.example, 1",
    })
    void addressesNameAHostAndAPort(String text, String expected, String host, int port) {
        URI url = WebAddress.parse(text);

        assertThat(url).hasToString(expected);
        assertThat(WebAddress.host(url)).isEqualTo(host);
        assertThat(WebAddress.port(url)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "http:", "http://", "http:a", "a/b", "http://:80/", "http://a:0/", "http://a:65536",
            "http://a:123456", "http://a:-1", "http://a\nb", "http://a/%zz", "http://a|b", "http://a b/", "mailto:a@b",
            "http://u@v@a/", "http://[a]/", "http://ä..b/", "//a", "http://a/\u0007" })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text)).isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ");
    }

    @Test
    void userAndPasswordAreLeftOut() {
        assertThat(WebAddress.withoutUser("http://user:p@ss@a/@x")).isEqualTo("http://a/@x");
        assertThat(WebAddress.withoutUser("http://a/b@c")).isEqualTo("http://a/b@c");
    }
}
