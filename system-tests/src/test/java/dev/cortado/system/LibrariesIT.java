package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One image of a program that uses libraries from Maven Central, the language's previews and an
 * incubator module: what it prints is the same as on HotSpot. Run with the system property {@code
 * cortado.libraries}.
 */
@EnabledIfSystemProperty(
        named = "cortado.libraries",
        matches = "true",
        disabledReason = "the image takes ten minutes to compile")
final class LibrariesIT {
    private static final String MAIN = "dev.cortado.system.libraries.Libraries";
    private static final String KOTLIN = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler";

    /** The latest that this version of Kotlin writes. */
    private static final String KOTLIN_TARGET = "24";

    private static final List<String> JAVA_OPTIONS =
            List.of("--enable-preview", "--add-modules=jdk.incubator.vector");

    private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("src/test/programs/libraries");
    private static final Path CLASSES = MODULE.resolve("target/programs/libraries");
    private static final Path LIBRARIES = MODULE.resolve("target/libraries");

    @Test
    void isTheSameAsOnHotSpot() throws IOException {
        Files.createDirectories(CLASSES);
        compileKotlin();
        compileJava();
        copyResources();
        String expected = onHotSpot();
        Outcome actual = Cortado.run(build(), "512M", "");
        assertEquals(expected, actual.console());
        assertEquals(0, actual.exitCode());
    }

    private static void compileKotlin() throws IOException {
        String compiler = jars(MODULE.resolve("target/kotlin-compiler"));
        List<String> command = new ArrayList<>(List.of(java(), "-cp", compiler, KOTLIN));
        command.addAll(List.of("-no-stdlib", "-no-reflect", "-jvm-target", KOTLIN_TARGET));
        command.addAll(List.of("-classpath", jars(LIBRARIES), "-d", CLASSES.toString()));
        command.add(SOURCES.resolve("kotlin").toString());
        Outcome outcome = Outcome.of(command, "");
        assertEquals(0, outcome.exitCode(), outcome.console());
    }

    private static void compileJava() throws IOException {
        List<String> arguments = new ArrayList<>(JAVA_OPTIONS);
        arguments.addAll(List.of("--release", "25", "-nowarn", "-d", CLASSES.toString()));
        arguments.addAll(List.of("-cp", classPath()));
        files(SOURCES.resolve("java")).forEach(file -> arguments.add(file.toString()));
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, result, arguments.toString());
    }

    private static void copyResources() throws IOException {
        Path resources = SOURCES.resolve("resources");
        for (Path file : files(resources)) {
            Path target = CLASSES.resolve(resources.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String onHotSpot() throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of("-cp", classPath(), MAIN));
        Outcome outcome = Outcome.of(command, "");
        assertEquals(0, outcome.exitCode(), outcome.console());
        // The launcher's word about the incubator module.
        return outcome.console()
                .lines()
                .filter(line -> !line.startsWith("WARNING: Using incubator"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Path build() throws IOException {
        Path image = MODULE.resolve("target/images/first/libraries.elf");
        List<String> command = new ArrayList<>(List.of("build", "--class-path", classPath()));
        command.addAll(List.of("--main-class", MAIN, "--output", image.toString()));
        JAVA_OPTIONS.forEach(option -> command.add("--compiler-argument=" + option));
        command.add("--compiler-argument=-march=x86-64-v2");
        Outcome outcome = Cortado.command("", command);
        assertEquals(0, outcome.exitCode(), outcome.console());
        return image;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() throws IOException {
        return CLASSES + File.pathSeparator + jars(LIBRARIES);
    }

    private static String jars(Path directory) throws IOException {
        return files(directory).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
