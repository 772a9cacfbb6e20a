package dev.cortado.image.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot reference, "The Executable Jar Format". The real plugin's jars are in src/it. */
class SpringBootJarTest {
    private static final String MANIFEST =
            """
            Manifest-Version: 1.0
            Main-Class: org.springframework.boot.loader.launch.JarLauncher
            Start-Class: p.Main
            Spring-Boot-Classes: BOOT-INF/classes/
            Spring-Boot-Lib: BOOT-INF/lib/
            """;

    @TempDir Path directory;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @Test
    void classesAndLibrariesAreTakenOutInTheOrderOfTheLoader() throws IOException {
        files.put("META-INF/MANIFEST.MF", MANIFEST.getBytes());
        files.put("META-INF/native-image/x/reflect-config.json", "[]".getBytes());
        files.put("org/springframework/boot/loader/Launcher.class", new byte[1]);
        files.put("META-INF/services/java.nio.file.spi.FileSystemProvider", new byte[1]);
        files.put("BOOT-INF/lib/b.jar", zip("b"));
        files.put("BOOT-INF/lib/a.jar", zip("a"));
        files.put("BOOT-INF/lib/c.jar", zip("c"));
        files.put("BOOT-INF/classes/p/Main.class", "main".getBytes());
        files.put("BOOT-INF/classes/application.properties", "x=y".getBytes());
        files.put(
                "BOOT-INF/classpath.idx",
                "- \"BOOT-INF/lib/c.jar\"\n- \"BOOT-INF/lib/gone.jar\"\n- \"../x.jar\"\n"
                        .getBytes());
        files.put("BOOT-INF/layers.idx", "- \"dependencies\":\n".getBytes());
        for (int method : List.of(ZipEntry.STORED, ZipEntry.DEFLATED)) {
            Path jar = write("app.jar", method);
            assertEquals(Optional.of("p.Main"), ProgramJar.mainClass(jar));
            assertTrue(ProgramJar.hasLibraries(jar));
            List<ClassPathElement> elements = unpack(jar);
            assertEquals(
                    List.of(
                            jar.toString(),
                            jar + "!/BOOT-INF/classes/",
                            jar + "!/BOOT-INF/lib/c.jar",
                            jar + "!/BOOT-INF/lib/b.jar",
                            jar + "!/BOOT-INF/lib/a.jar"),
                    elements.stream().map(ClassPathElement::name).toList());
            assertEquals(
                    List.of("META-INF/MANIFEST.MF", "META-INF/native-image/x/reflect-config.json"),
                    names(elements.get(0)));
            assertEquals(List.of("application.properties", "p/Main.class"), names(elements.get(1)));
            assertEquals(List.of("c"), names(elements.get(2)));
            assertEquals(List.of("a"), names(elements.get(4)));
        }
    }

    @Test
    void aJarWithoutTheAttributesIsKnownByItsLayout() throws IOException {
        files.put("BOOT-INF/lib/a.jar", zip("a"));
        Path jar = write("app.jar", ZipEntry.DEFLATED);
        assertTrue(ProgramJar.hasLibraries(jar));
        assertEquals(Optional.empty(), ProgramJar.mainClass(jar));
        assertEquals(
                List.of(jar + "!/BOOT-INF/lib/a.jar"),
                unpack(jar).stream().map(ClassPathElement::name).toList());
    }

    @Test
    void otherJarsStayAsTheyAre() throws IOException {
        files.put(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: p.Main \n".getBytes());
        files.put("p/Main.class", "main".getBytes());
        Path jar = write("app.jar", ZipEntry.DEFLATED);
        assertFalse(ProgramJar.hasLibraries(jar));
        assertEquals(Optional.of("p.Main"), ProgramJar.mainClass(jar));
        assertEquals(List.of(ClassPathElement.of(jar)), unpack(jar));
    }

    @Test
    void webArchivesAreRefusedByName() throws IOException {
        files.put("WEB-INF/classes/p/Main.class", new byte[1]);
        Path war = write("app.war", ZipEntry.DEFLATED);
        files.put("META-INF/MANIFEST.MF", MANIFEST.replace("BOOT", "WEB").getBytes());
        Path executable = write("app.jar", ZipEntry.DEFLATED);
        for (Path archive : List.of(war, executable)) {
            UserError error = assertThrows(UserError.class, () -> ProgramJar.mainClass(archive));
            assertTrue(error.getMessage().startsWith(archive + " is a web archive"));
            assertThrows(UserError.class, () -> unpack(archive));
        }
    }

    @Test
    void damagedJarsGiveAnErrorOrAResult() throws IOException {
        files.put("META-INF/MANIFEST.MF", MANIFEST.getBytes());
        files.put("BOOT-INF/lib/a.jar", zip("a"));
        byte[] sound = Files.readAllBytes(write("app.jar", ZipEntry.DEFLATED));
        Random random = new Random(1);
        Path jar = directory.resolve("damaged.jar");
        for (int i = 0; i < 300; i++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(jar, bytes);
            try {
                unpack(jar);
            } catch (IOException | UserError e) {
                // Told to the user.
                continue;
            }
        }
    }

    private List<ClassPathElement> unpack(Path jar) throws IOException {
        Path into = Files.createTempDirectory(directory, "unpacked");
        return ClassPath.resolve(List.of(jar)).unpacked(into).elements();
    }

    private static List<String> names(ClassPathElement element) throws IOException {
        try (ClassPathEntry entry = ClassPathEntry.open(element)) {
            return entry.names();
        }
    }

    private static byte[] zip(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(name.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path write(String name, int method) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(content.getValue());
            }
        }
        return file;
    }
}
