package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersAreEscaped() {
        assertThat(Printable.text("a\nb\u001b[31m\u202ec")).isEqualTo("a\\u000ab\\u001b[31m\\u202ec");
    }

    @Test
    void whatIsLongIsCut() {
        assertThat(Printable.text("x".repeat(1500))).hasSize(1001).endsWith("…");
        assertThat(Printable.text("x".repeat(1000))).hasSize(1000);
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertThat(Printable.text(null)).isEqualTo("no reason given");
    }
}
