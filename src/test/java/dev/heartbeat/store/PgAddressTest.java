package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgAddressTest {
    private static final String ME = System.getProperty("user.name");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "postgresql://admin:admin@localhost:5432/healthcheck | localhost | 5432 | healthcheck | admin | admin | PREFER | -",
            "postgres://h | h | 5432 | ME | ME | - | PREFER | -",
            "postgresql:// | localhost | 5432 | ME | ME | - | PREFER | -",
            "postgresql://u@ | localhost | 5432 | u | u | - | PREFER | -",
            "postgresql:///d | localhost | 5432 | d | ME | - | PREFER | -",
            "postgresql://u:p%40s%3As%2Fw%3F%25%23%26@h/d%20b | h | 5432 | d b | u | p@s:s/w?%#& | PREFER | -",
            "postgresql://us%C3%A9r:p+q=r&#$@h/d | h | 5432 | d | usér | p+q=r&#$ | PREFER | -",
            "postgresql://u:p@[::1]:6000/d | ::1 | 6000 | d | u | p | PREFER | -",
            "postgresql://h/d?user=u&password=p%26q&port=7000&sslmode=verify-full&sslrootcert=%2Fca.pem"
                    + " | h | 7000 | d | u | p&q | VERIFY_FULL | /ca.pem",
            "postgresql://a/d?host=b&dbname=e | b | 5432 | e | ME | - | PREFER | -",
            "postgresql://h/d?ssl=true | h | 5432 | d | ME | - | REQUIRE | -",
            "postgresql://h/d?connect_timeout=10&application_name=x&target_session_attrs=any | h | 5432 | d | ME | - | PREFER | -",
            "postgresql://h/d?sslmode=DISABLE | h | 5432 | d | ME | - | DISABLE | -",
            "postgresql://h/d?sslrootcert=system | h | 5432 | d | ME | - | VERIFY_FULL | -" })
    void aUriSaysWhatLibpqHearsInIt(String dsn, String host, int port, String database, String user, String password,
            SslMode mode, String authorities) {
        assertThat(PgAddress.parse(dsn)).isEqualTo(address(host, port, database, user, password, mode, authorities));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            "host=localhost user=postgres password=postgres | localhost | 5432 | postgres | postgres | postgres | PREFER | -",
            "host = h   port\t=\t6000 dbname = 'a b' | h | 6000 | a b | ME | - | PREFER | -",
            "user=u password='p\\'a\\\\s s=w' | localhost | 5432 | u | u | p'a\\s s=w | PREFER | -",
            "user=u password=p\\ \\'q | localhost | 5432 | u | u | p 'q | PREFER | -",
            "user=u password=a=b | localhost | 5432 | u | u | a=b | PREFER | -",
            "user=u password='' host=h | h | 5432 | u | u | - | PREFER | -",
            "user=u password= host=h | localhost | 5432 | u | u | host=h | PREFER | -",
            "user=u user=v hostaddr=10.0.0.1 | 10.0.0.1 | 5432 | v | v | - | PREFER | -",
            "host=h hostaddr=10.0.0.1 user=u | h | 5432 | u | u | - | PREFER | -",
            "host=h user=u sslmode=verify-ca sslrootcert=ca.pem | h | 5432 | u | u | - | VERIFY_CA | ca.pem",
            "host=h user=u connect_timeout=3 application_name=x | h | 5432 | u | u | - | PREFER | -",
            "host=h user=u requiressl=1 | h | 5432 | u | u | - | REQUIRE | -" })
    void keysAndValuesSayWhatLibpqHearsInThem(String dsn, String host, int port, String database, String user, String password,
            SslMode mode, String authorities) {
        assertThat(PgAddress.parse(dsn)).isEqualTo(address(host, port, database, user, password, mode, authorities));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            "host=h options='-c search_path=monitoring -c geqo=off' | -c search_path=monitoring -c geqo=off",
            "postgresql://h/d?options=-c%20search_path%3Da,b%26c | -c search_path=a,b&c",
            "host=h options='' | -", "host=h | -" })
    void optionsAreTheServers(String dsn, String options) {
        assertThat(PgAddress.parse(dsn).options()).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            "host=h sslcert=x sslkey=y password=secret | sslcert (no certificate of ours is shown)",
            "host=h channel_binding=require target_session_attrs=read-write | channel_binding (a login without it is good enough),"
                    + " target_session_attrs (whichever server answers is used)",
            "postgresql://h/d?channel_binding=prefer&target_session_attrs=any&gssencmode=disable | -",
            "host=h sslcrl=x sslcrl='' | -", "host=h service=x | service (no file of services is read)",
            "host=h application_name=x connect_timeout=9 keepalives=0 options='-c geqo=off' | -" })
    void whatIsAskedForAndNotDoneIsSaid(String dsn, String words) {
        assertThat(PgAddress.parse(dsn).unheeded()).isEqualTo(words);
    }

    private static PgAddress address(String host, int port, String database, String user, String password, SslMode mode,
            String authorities) {
        return new PgAddress(host, port, database.equals("ME") ? ME : database, user.equals("ME") ? ME : user, password, mode,
                authorities);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`` | it is empty",
            "nonsense | does not begin with key=value",
            "mysql://u:secret@h/d | does not begin with key=value",
            "usr=u password=secret | begins with a key that libpq does not know",
            "host=h password=my secret | what follows the value of password is not key=value",
            "host=h password=my se=cret | what follows the value of password is no key",
            "host=h password='secret | never closed",
            "host=h port=secret | port is no number",
            "host=h port=65536 password=secret | port is no number",
            "host=h sslmode=secret | sslmode is none of disable, allow",
            "host=/run/postgresql password=secret | Unix socket",
            "postgresql://%2Frun%2Fpostgresql/d?password=secret | Unix socket",
            "host=a,b password=secret | several hosts",
            "postgresql://u:secret@a:1,b:2/d | port is no number",
            "postgresql://u:sec:ret@h:x/d?password=secret | port is no number",
            "postgresql://u:se@cret@h/d | user:password@host:port",
            "postgresql://u:secret%zz@h/d | two hex digits",
            "postgresql://u:secret%4@h/d | two hex digits",
            "postgresql://u:secret%FF@h/d | UTF-8",
            "postgresql://u@h/d?password=secret&x=y | what follows the value of password",
            "postgresql://u@h/d?secret | has no =" })
    void whatIsNoAddressIsRefusedInWordsThatShowNothingOfIt(String dsn, String words) {
        assertThatThrownBy(() -> PgAddress.parse(dsn)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no address of a PostgreSQL database: ").hasMessageContaining(words.replace("`", ""))
                .message().doesNotContain("secret", "cret", "ret@").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "postgresql://u:s3cret@h:1/d", "host=h port=1 dbname=d user=u password=s3cret" })
    void thePasswordIsNeverShown(String dsn) {
        assertThat(PgAddress.parse(dsn)).hasToString("u@h:1/d");
    }

    @Test
    void aDsnWinsOverTheOtherSettings() {
        assertThat(PgAddress.of(new Settings(Optional.of("postgresql://u:p@h/d"), Optional.of("other"))))
                .isEqualTo(new PgAddress("h", 5432, "d", "u", "p", SslMode.PREFER, null));
        assertThat(PgAddress.of(new Settings(Optional.of("postgresql://u@h/d"), Optional.of("other"))).password())
                .isEqualTo("other");
        assertThat(PgAddress.of(new Settings(Optional.of(" "), Optional.of("other"))))
                .isEqualTo(new PgAddress("db", 6000, "beats", "hc", "other", SslMode.REQUIRE, "ca.pem"));
    }

    private record Settings(Optional<String> dsn, Optional<String> password) implements PgConfig {
        @Override
        public String host() {
            return "db";
        }

        @Override
        public int port() {
            return 6000;
        }

        @Override
        public String name() {
            return "beats";
        }

        @Override
        public String user() {
            return "hc";
        }

        @Override
        public SslMode sslmode() {
            return SslMode.REQUIRE;
        }

        @Override
        public Optional<String> caCertPath() {
            return Optional.of("ca.pem");
        }

        @Override
        public String table() {
            return "heartbeat";
        }

        @Override
        public int batchSize() {
            return 500;
        }
    }
}
