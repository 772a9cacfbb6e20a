package dev.cortado.image.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.JavaCommand;
import dev.cortado.image.preflight.Compiled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each jar and directory has a file {@code mark} with its name, and HotSpot says who is found. */
class ClassPathTest {
    private static final String PROGRAM =
            """
            package p; public class Marks {
                public static void main(String[] a) throws Exception {
                    for (var url : java.util.Collections.list(
                            Marks.class.getClassLoader().getResources("mark"))) {
                        System.out.println(new String(url.openStream().readAllBytes()));
                    }
                }
            }\
            """;

    @TempDir Path directory;

    @BeforeEach
    void compile() throws IOException {
        Compiled.classes(directory.resolve("program"), PROGRAM);
        Files.writeString(directory.resolve("program/mark"), "program");
    }

    @Test
    void chainsAndCyclesAreFollowedDepthFirst() throws Exception {
        jar("a.jar", "b.jar d.jar");
        jar("b.jar", "c.jar a.jar");
        jar("c.jar", "b.jar e.jar");
        jar("d.jar", null);
        jar("e.jar", "");
        assertEquals(List.of("program", "a", "b", "c", "e", "d"), marks("program:a.jar:e.jar"));
    }

    @Test
    void whatIsNotThereIsPassedOver() throws Exception {
        Files.writeString(directory.resolve("notes.txt"), "not a jar");
        Files.writeString(directory.resolve("empty.jar"), "");
        jar("b.jar", null);
        jar(
                "a.jar",
                "gone.jar notes.txt http://h/x.jar lib%zz.jar gone/ empty.jar jar:file:x!/ b.jar");
        assertEquals(List.of("program", "a", "b"), marks("program:a.jar:none.jar:notes.txt:none"));
        List<String> passedOver = ClassPath.resolve(paths("a.jar:none.jar")).passedOver();
        assertEquals(8, passedOver.size(), passedOver.toString());
        assertTrue(passedOver.getFirst().startsWith("http://h/x.jar in the Class-Path of"));
        assertEquals(
                directory.resolve("none.jar") + ": there is no such file", passedOver.getLast());
    }

    @Test
    void valuesAreSplitAtAnyWhiteSpaceAndMayBeEmpty() throws Exception {
        jar("b.jar", "");
        jar("c.jar", " ");
        jar("a.jar", " b.jar \t c.jar ");
        assertEquals(List.of("program", "a", "b", "c"), marks("program:a.jar"));
    }

    @Test
    void directoriesNeedTheirSlashInAManifest() throws Exception {
        mark("with");
        mark("without");
        jar("a.jar", "with/ without");
        assertEquals(List.of("program", "a", "with", "without"), marks("program:a.jar:without"));
    }

    @Test
    void namesAreUrls() throws Exception {
        Files.createDirectories(directory.resolve("sub"));
        jar("li b.jar", null);
        jar("li+b.jar", null);
        jar("b[1].jar", null);
        jar("käse.jar", null);
        jar("up.jar", null);
        jar(
                "sub/a.jar",
                "../li%20b.jar ../li+b.jar ../b[1].jar ../k%C3%A4se.jar ./../up.jar"
                        + " "
                        + directory.resolve("up.jar").toUri());
        assertEquals(
                List.of("program", "sub/a", "li b", "li+b", "b[1]", "käse", "up"),
                marks("program:sub/a.jar"));
    }

    @Test
    void namesAreRelativeToWhereTheJarReallyIs() throws Exception {
        Files.createDirectories(directory.resolve("real"));
        jar("real/a.jar", "b.jar");
        jar("real/b.jar", "c.jar");
        jar("c.jar", null);
        jar("real/c.jar", null);
        Files.createSymbolicLink(directory.resolve("a.jar"), Path.of("real/a.jar"));
        assertEquals(List.of("program", "real/a", "real/b", "real/c"), marks("program:a.jar"));
    }

    @Test
    void namesInAManifestAreNotResolvedAgain() throws Exception {
        Files.createDirectories(directory.resolve("real"));
        jar("a.jar", "link.jar");
        jar("real/b.jar", "c.jar");
        jar("c.jar", null);
        jar("real/c.jar", null);
        Files.createSymbolicLink(directory.resolve("link.jar"), Path.of("real/b.jar"));
        assertEquals(List.of("program", "a", "real/b", "c"), marks("program:a.jar"));
    }

    @Test
    void linkedDirectoriesAreEntered() throws Exception {
        mark("other");
        Files.createDirectories(directory.resolve("program/links"));
        Files.createSymbolicLink(directory.resolve("program/links/up"), Path.of(".."));
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("other"));
        assertEquals(List.of("program", "other"), marks("program:linked"));
        Files.createSymbolicLink(directory.resolve("program/other"), Path.of("../other"));
        try (var entry = ClassPathEntry.open(ClassPathElement.of(directory.resolve("program")))) {
            assertEquals(List.of("mark", "other/mark", "p/Marks.class"), entry.names());
        }
    }

    @Test
    void aManifestThatCannotBeReadCostsTheJarWhereItMatters() throws Exception {
        malformed("bad.jar", "Manifest-Version: 1.0\nClass-Path: b.jar\n???\n");
        malformed("odd.jar", "Manifest-Version: 1.0\n???\n");
        assertEquals(List.of("program", "odd"), marks("program:bad.jar:odd.jar"));
    }

    @Test
    void emptyEntriesAreTheCurrentDirectoryAndStarsAreJars() throws Exception {
        mark("current/lib");
        mark("current");
        jar("current/lib/b.jar", null);
        jar("current/lib/a.jar", null);
        jar("current/lib/c.JAR", null);
        jar("current/lib/d.zip", null);
        List<Path> stars = ClassPathText.parse(directory.resolve("current/lib") + "/*");
        List<String> names = stars.stream().map(path -> path.getFileName().toString()).toList();
        assertEquals(List.of("a.jar", "b.jar", "c.JAR"), names);
        assertEquals(List.of(Path.of("")), ClassPathText.parse(""));
        assertEquals(List.of(Path.of("a"), Path.of(""), Path.of("b")), ClassPathText.parse("a::b"));
        assertEquals(List.of(), ClassPathText.parse(directory.resolve("none") + "/*"));
        String program = directory.resolve("program") + ":";
        String output =
                JavaCommand.run(directory.resolve("current"), "-cp", program, "p.Marks").output();
        assertEquals(List.of("program", "current"), output.lines().toList());
    }

    /** What HotSpot finds, which must be what we find. */
    private List<String> marks(String classPath) throws Exception {
        String output = JavaCommand.run(directory, "-cp", classPath, "p.Marks").output();
        List<String> ours = new ArrayList<>();
        for (ClassPathElement element : ClassPath.resolve(paths(classPath)).elements()) {
            try (ClassPathEntry entry = ClassPathEntry.open(element)) {
                ours.add(new String(entry.read("mark"), StandardCharsets.UTF_8));
            }
        }
        assertEquals(output.lines().toList(), ours);
        return ours;
    }

    private List<Path> paths(String classPath) {
        return ClassPathText.parse(classPath).stream().map(directory::resolve).toList();
    }

    private void mark(String name) throws IOException {
        Files.createDirectories(directory.resolve(name));
        Files.writeString(directory.resolve(name).resolve("mark"), name);
    }

    private void jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (classPath != null) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path file = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            write(out, "mark", name.replaceFirst("\\.[^.]*$", ""));
        }
    }

    private void malformed(String name, String manifest) throws IOException {
        Path file = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            write(out, "META-INF/MANIFEST.MF", manifest);
            write(out, "mark", name.replaceFirst("\\.[^.]*$", ""));
        }
    }

    private static void write(JarOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
