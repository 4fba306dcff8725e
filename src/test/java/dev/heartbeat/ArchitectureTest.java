package dev.heartbeat;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Who may import whom, and what may stand nowhere in main code? ARCHITECTURE.md says it in words. */
class ArchitectureTest {
    private static final String ROOT = "dev.heartbeat";

    /** Each step of the flow, and the steps that it may import. A new package is a new line here. */
    static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "model", Set.of(),
            "transport", Set.of("model"),
            "probe", Set.of("model", "transport"),
            "publish", Set.of("model", "probe", "transport"),
            "store", Set.of("model"),
            "receive", Set.of("model", "store", "transport", "watch"),
            "watch", Set.of("model", "store"),
            "web", Set.of("model", "store", "watch"));
    static final Set<String> STEPS = MAY_IMPORT.keySet();

    private static final Set<String> PURE_NET = Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.IDN",
            "java.net.URLEncoder", "java.net.URLDecoder");
    private static final String FILE = "java\\.io\\.(RandomAccess)?File(Descriptor|InputStream|OutputStream|Reader|Writer)?";
    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone");
    private static final Set<String> BLOCKING = Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep",
            "io.smallrye.mutiny.Uni.await");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @FieldSource("STEPS")
    void aStepImportsOnlyWhatTheTableAllows(String step) {
        String[] others = STEPS.stream()
                .filter(other -> !other.equals(step) && !MAY_IMPORT.get(step).contains(other))
                .map(ArchitectureTest::within)
                .toArray(String[]::new);

        noClasses().that().resideInAPackage(within(step))
                .should().dependOnClassesThat().resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void theTableNamesEveryPackage() throws IOException {
        Path main = Path.of("src/main/java/dev/heartbeat");

        try (Stream<Path> packages = Files.list(main).filter(Files::isDirectory)) {
            assertThat(packages.map(folder -> folder.getFileName().toString())).containsExactlyInAnyOrderElementsOf(STEPS);
        }
    }

    @Test
    void nobodyImportsTheRoot() {
        noClasses().that().resideInAPackage(ROOT + ".*..")
                .should().dependOnClassesThat().resideInAPackage(ROOT)
                .check(MAIN);
    }

    @Test
    void noPackageReachesItselfThroughOthers() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void modelKnowsNoFramework() {
        noClasses().that().resideInAPackage(within("model"))
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.smallrye..", "io.vertx..", "io.netty..",
                        "jakarta..", "org.eclipse.microprofile..", "com.rabbitmq..")
                .check(MAIN);
    }

    @Test
    void modelDoesNoInputOrOutput() {
        DescribedPredicate<JavaClass> reaching = resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..")
                .or(describe("a file or its stream", type -> type.getName().matches(FILE)))
                .or(describe("a socket or what opens one",
                        type -> type.getPackageName().equals("java.net") && !PURE_NET.contains(type.getName())));

        noClasses().that().resideInAPackage(within("model")).should().dependOnClassesThat(reaching).check(MAIN);
    }

    @Test
    void modelReadsNoClock() {
        noClasses().that().resideInAPackage(within("model"))
                .should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
                .orShould().accessTargetWhere(describe("reads a clock", access -> CLOCKS.contains(access.getTarget().getName())
                        && access.getTargetOwner().getPackageName().startsWith("java.")))
                .check(MAIN);
    }

    @Test
    void storesKnowNoMessaging() {
        noClasses().that().resideInAPackage(within("store"))
                .should().dependOnClassesThat().resideInAnyPackage("org.eclipse.microprofile.reactive.messaging..",
                        "io.smallrye.reactive.messaging..", "com.rabbitmq..")
                .check(MAIN);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses().that().resideInAPackage(ROOT + "..")
                .should().haveNameMatching(".*[.$]([A-Z]\\w*)?(Impl|Utils?|Helper|Manager|Base|Abstract)(?![a-z]).*")
                .check(MAIN);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        String[] annotations = { "jakarta.inject.Inject", "org.eclipse.microprofile.config.inject.ConfigProperty",
                "org.eclipse.microprofile.reactive.messaging.Channel" };

        Arrays.stream(annotations).forEach(annotation -> noFields().should().beAnnotatedWith(annotation).check(MAIN));
    }

    @Test
    void nothingSleepsOrAwaits() {
        noClasses()
                .should().accessTargetWhere(describe("sleeps or awaits",
                        access -> BLOCKING.contains(access.getTargetOwner().getName() + "." + access.getTarget().getName())))
                .check(MAIN);
    }

    @ParameterizedTest
    @FieldSource("STEPS")
    void aPackageSaysWhatItAnswers(String step) {
        assertThat(Path.of("src/main/java/dev/heartbeat", step, "package-info.java")).content().contains("/**");
    }

    /** The build finds them by their name, and no other test may start an application. */
    @Test
    void aTestThatStartsTheApplicationInItsProcessIsNamedSo() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java") && isQuarkusTest(file)))
                    .isNotEmpty().allMatch(file -> file.toString().endsWith("QuarkusTest.java"));
        }
    }

    private static boolean isQuarkusTest(Path file) {
        try {
            return Files.readString(file).contains("\n@QuarkusTest\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String within(String step) {
        return ROOT + "." + step + "..";
    }
}
