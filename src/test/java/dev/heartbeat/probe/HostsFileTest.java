package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
    @TempDir
    Path folder;

    @Test
    void nameHasAllItsAddressesIpv4First() throws IOException {
        assertThat(file("::1 localhost\n127.0.0.1 localhost lo # a comment\n").addresses("LocalHost.", 0))
                .containsExactly(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
    }

    @Test
    void unknownNameHasNoAddress() throws IOException {
        assertThat(file("127.0.0.1 localhost\n").addresses("doa", 0)).isEmpty();
    }

    @Test
    void changeIsSeenAfterFiveSecondsAndNotBefore() throws IOException {
        HostsFile hosts = file("127.0.0.1 doa\n");
        hosts.addresses("doa", 0);

        file("127.0.0.2 doa\n");

        assertThat(hosts.addresses("doa", TimeUnit.SECONDS.toNanos(5) - 1)).containsExactly(InetAddress.getByName("127.0.0.1"));
        assertThat(hosts.addresses("doa", TimeUnit.SECONDS.toNanos(5))).containsExactly(InetAddress.getByName("127.0.0.2"));
    }

    @Test
    void missingFileKnowsNobody() {
        assertThat(new HostsFile(folder.resolve("absent").toFile()).addresses("doa", 0)).isEmpty();
    }

    private HostsFile file(String text) throws IOException {
        Path file = folder.resolve("hosts");
        Files.writeString(file, text);
        return new HostsFile(file.toFile());
    }
}
