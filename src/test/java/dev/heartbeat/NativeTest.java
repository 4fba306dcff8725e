package dev.heartbeat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Does a native executable have all that it reaches by name? GraalVM is not at hand in every build, so the lists are checked
 * here.
 */
class NativeTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.heartbeat");

    /** The API writes its JSON by hand, and needs none; what a resource returns is written by reflection. */
    @Test
    void everyTypeThatAnAnswerIsMadeOfIsRegistered() {
        Set<Class<?>> types = new HashSet<>();
        resources().flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(jakarta.ws.rs.GET.class))
                .map(Method::getGenericReturnType)
                .forEach(type -> reach(type, types));
        assertThat(types).allSatisfy(type -> assertThat(type).hasAnnotation(RegisterForReflection.class));
    }

    private static Stream<Class<?>> resources() {
        return MAIN.stream().filter(type -> type.isAnnotatedWith(jakarta.ws.rs.Path.class)).map(type -> type.reflect());
    }

    /** Our own types that the type is made of; those of the JDK need no registration. */
    private static void reach(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            List.of(generic.getActualTypeArguments()).forEach(argument -> reach(argument, types));
        } else if (type instanceof Class<?> own && own.getPackageName().startsWith("dev.heartbeat") && !own.isEnum()
                && types.add(own)) {
            Arrays.stream(own.getRecordComponents()).forEach(part -> reach(part.getGenericType(), types));
        }
    }

    @Test
    void nothingElseIsReadOrWrittenByReflection() {
        noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..").check(MAIN);
    }

    @Test
    void everyResourceThatIsReadAtRunTimeIsNamed() throws IOException {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(Path.of("src/main/resources/application.properties")));
        List<String> named = List.of(properties.getProperty("quarkus.native.resources.includes").split(","));
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            assertThat(files.filter(Files::isRegularFile)
                    .map(file -> Path.of("src/main/resources").relativize(file).toString())
                    .filter(file -> !file.startsWith("META-INF") && !file.equals("application.properties")))
                    .allSatisfy(file -> assertThat(named)
                            .anyMatch(name -> file.matches(name.replace(".", "\\.").replace("*", "[^/]*"))));
        }
    }

    /** Made by the build, so it does not stand among the sources. */
    @Test
    void whatTheBuildTellsOfTheLibrariesIsNamed() throws IOException {
        assertThat(Path.of("src/main/resources/application.properties")).content()
                .containsPattern("native.resources.includes=.*,META-INF/sbom/application.cdx.json,");
        assertThat(Path.of("pom.xml")).content().contains("META-INF/sbom<", "application.cdx<");
    }

    @Test
    void everySettingIsFoundByReflection() {
        List<Class<?>> registered = List.of(Settings.class.getAnnotation(RegisterForReflection.class).targets());
        assertThat(MAIN.stream().filter(type -> type.isAnnotatedWith(io.smallrye.config.ConfigMapping.class))
                .map(type -> type.reflect()))
                .isNotEmpty().allSatisfy(mapping -> assertThat(registered).contains(mapping));
    }
}
