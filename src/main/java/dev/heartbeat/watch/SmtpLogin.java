package dev.heartbeat.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import dev.heartbeat.model.Printable;

/** Does a mail server let us in? Says who we are, logs in and leaves; no mail is begun. */
final class SmtpLogin implements AutoCloseable {
    private static final int LOGGED_IN = 235;
    private static final int READY = 220;
    private static final int DONE = 250;
    private static final int GO_ON = 334;
    private static final int LONGEST = 512;

    private final String host;
    private final int port;
    private final SmtpTls tls;
    private final int millis;
    private Socket socket;
    private BufferedReader in;

    SmtpLogin(String host, int port, SmtpTls tls, int millis) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.millis = millis;
    }

    /** Fails with the reason; answers what is not as it should be, or null. A null user does not log in. */
    String tryAs(String user, String password) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), millis);
        use(tls == SmtpTls.TLS ? secured(socket) : socket);
        expect(read(), READY, "greeting");
        List<String> offers = ask("EHLO heartbeat");
        expect(offers, DONE, "EHLO");
        if (tls == SmtpTls.STARTTLS) {
            expect(ask("STARTTLS"), READY, "STARTTLS (SMTP_TLS)");
            use(secured(socket));
            offers = ask("EHLO heartbeat");
        }
        String trouble = user == null ? null : login(offers, user, password == null ? "" : password);
        ask("QUIT");
        return trouble;
    }

    private String login(List<String> offers, String user, String password) throws IOException {
        String ways = offers.stream().map(offer -> offer.substring(Math.min(4, offer.length())).toUpperCase(Locale.ROOT))
                .filter(offer -> offer.startsWith("AUTH")).findFirst().orElse("");
        List<String> answer;
        if (ways.contains("PLAIN")) {
            answer = ask("AUTH PLAIN " + encoded("\0" + user + "\0" + password));
        } else if (ways.contains("LOGIN")) {
            expect(ask("AUTH LOGIN"), GO_ON, "AUTH LOGIN");
            expect(ask(encoded(user)), GO_ON, "AUTH LOGIN");
            answer = ask(encoded(password));
        } else {
            return "the login was not tried: the server offers " + (ways.isEmpty() ? "none" : Printable.text(ways))
                    + ", and PLAIN and LOGIN are what is tried";
        }
        if (code(answer) != LOGGED_IN) {
            throw new IOException("the server refuses user " + Printable.text(user)
                    + " or the password (SMTP_USER, SMTP_PASSWORD): " + Printable.text(answer.get(0)));
        }
        return null;
    }

    /** Trusts whom the system trusts, and checks the name. */
    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port,
                true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millis);
        secured.startHandshake();
        return secured;
    }

    private void use(Socket open) throws IOException {
        socket = open;
        socket.setSoTimeout(millis);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private List<String> ask(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return read();
    }

    private List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = in.readLine();
            if (line == null || lines.size() > LONGEST) {
                throw new IOException("the server broke the connection off");
            }
            lines.add(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return lines;
    }

    private static void expect(List<String> answer, int code, String to) throws IOException {
        if (code(answer) != code) {
            throw new IOException("the server refuses " + to + ": " + Printable.text(answer.get(0)));
        }
    }

    private static int code(List<String> answer) {
        String first = answer.get(0);
        return first.matches("\\d{3}.*") ? Integer.parseInt(first.substring(0, 3)) : 0;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
