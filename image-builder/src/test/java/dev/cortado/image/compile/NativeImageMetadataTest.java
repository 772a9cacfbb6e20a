package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeImageMetadataTest {
    private static final String ROOT = "META-INF/native-image/";

    @TempDir Path directory;
    private final List<ProgressEvent> events = new ArrayList<>();

    @Test
    void readsArgumentsAndConfigurationFiles() throws IOException {
        Path jar =
                jar(
                        "a.jar",
                        Map.of(
                                ROOT + "g/a/native-image.properties",
                                """
                                Args = --features=a.F \\
                                       -H:ReflectionConfigurationResources=${.}/my.json \\
                                       "-Dx=y z"
                                JavaArgs = -Xss1m
                                """,
                                ROOT + "g/a/reflect-config.json",
                                "[]",
                                ROOT + "g/a/other.json",
                                "[]",
                                ROOT + "resource-config.json",
                                "{}",
                                "reflect-config.json",
                                "[]"));
        Path classes = directory.resolve("classes");
        Files.createDirectories(classes.resolve(ROOT + "x"));
        Files.writeString(classes.resolve(ROOT + "x/reachability-metadata.json"), "{}");

        BuilderArguments arguments = read(jar, classes);

        assertEquals(
                List.of(
                        "-H:Features=a.F",
                        "-H:ReflectionConfigurationResources=META-INF/native-image/g/a/my.json",
                        "-H:ReflectionConfigurationResources=META-INF/native-image/g/a/"
                                + "reflect-config.json",
                        "-H:ResourceConfigurationResources=META-INF/native-image/"
                                + "resource-config.json",
                        "-H:ReachabilityMetadataResources=META-INF/native-image/x/"
                                + "reachability-metadata.json"),
                arguments.builder());
        assertEquals(List.of("-Dx=y z", "-Xss1m"), arguments.jvm());
        assertEquals(List.of(), events);
    }

    @Test
    void warnsOfUnknownOptionsWithJarAndName() throws IOException {
        Path jar = jar("b.jar", Map.of(ROOT + "native-image.properties", "Args=--static"));
        read(jar);
        ProgressEvent.Warning warning = (ProgressEvent.Warning) events.getFirst();
        assertTrue(warning.text().contains(jar.toString()), warning.text());
        assertTrue(warning.text().contains("--static"), warning.text());
    }

    @Test
    void refusesMalformedProperties() throws IOException {
        Path jar = jar("c.jar", Map.of(ROOT + "native-image.properties", "Args=\\u12"));
        UserError error = assertThrows(UserError.class, () -> read(jar));
        assertTrue(error.getMessage().contains(jar.toString()), error.getMessage());
    }

    private BuilderArguments read(Path... classPath) throws IOException {
        return new NativeImageMetadata(CompilerJars.table(), directory, events::add)
                .read(Stream.of(classPath).map(ClassPathElement::of).toList());
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes());
            }
        }
        return jar;
    }
}
