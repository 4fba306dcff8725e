package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Makes a class data sharing archive of the packaged program, once for each build of its jar. With it a start takes about two
 * thirds of the CPU time. The tests start the program some hundred times.
 */
final class ClassArchive {
    private static final Path ARCHIVE = Path.of("target", "heartbeat.jsa");

    private ClassArchive() {
    }

    /** The JVM flags with which a program uses the archive. The JVM says nothing of an archive that it can not use. */
    static List<String> flags(Path jar, List<String> programFlags) {
        try (FileChannel lock = FileChannel.open(Path.of("target", "heartbeat.jsa.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            // Closing the channel gives the lock back.
            lock.lock();
            if (!Files.exists(ARCHIVE) || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                make(jar, programFlags);
            }
            return List.of("-XX:SharedArchiveFile=" + ARCHIVE.toAbsolutePath(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path jar, List<String> programFlags) throws IOException {
        Path folder = Files.createTempDirectory("heartbeat-archive");
        Path made = folder.resolve("made.jsa");
        try (Program program = Program.launch(List.of(), Program.with(programFlags, "-XX:ArchiveClassesAtExit=" + made), folder,
                Map.of("HEARTBEAT_MODE", "standalone"))) {
            program.untilServing();
            program.status("/api/status");
            program.stop();
        }
        Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.delete(folder);
    }
}
