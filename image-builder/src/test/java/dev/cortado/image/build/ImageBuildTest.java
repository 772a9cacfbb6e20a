package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.compile.Optimization;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.files.WantedDirectory;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.SideFiles;
import dev.cortado.image.preflight.Compiled;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script for the compiler, which counts how often it is called. */
class ImageBuildTest {
    @TempDir Path directory;
    private FakeBuild fake;
    private Path image;

    @BeforeEach
    void prepare() throws IOException {
        fake =
                new FakeBuild(
                        directory,
                        """
                        echo x >> "$calls"
                        echo '[1/8] Initializing...'
                        echo '[{"name": "serial", "reason": "System.out"}]' > reports/drivers.json
                        echo '[{"method": "p.Lib.open", "callers": ["p.Main", "p.Other"]}]' \\
                            > reports/natives.json
                        """);
        image = directory.resolve("out/app");
    }

    @Test
    void buildsAnImageAndItsSideFiles() throws IOException {
        BuildReport report = build(request());
        assertEquals(Files.size(image), report.imageBytes());
        assertFalse(report.upToDate());
        assertEquals(List.of("app", "app.build", "app.debug"), fake.outputs());
        assertTrue(
                Files.readString(image, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("\"reason\":\"System.out\""),
                "the manifest names the drivers");
        assertTrue(
                fake.events.contains(
                        new ProgressEvent.Warning(
                                "nobody replaces the native method p.Lib.open, called by p.Main,"
                                        + " p.Other: a call of it will throw an UnsatisfiedLinkError")),
                fake.events.toString());
        assertEquals(List.of("Checking", "Compiling", "Linking"), fake.phases());
    }

    @Test
    void theCompilerIsToldWhatTheCodeNames() throws IOException {
        fake =
                new FakeBuild(
                        directory.resolve("other"),
                        """
                        tr '\\0' '\\n' < builder-arguments | grep Locales >> "$calls"
                        grep -o 'cortado[.]charsets=[^"]*' jvm-arguments >> "$calls"
                        grep -o 'named[.]classes=[^"]*' jvm-arguments >> "$calls"
                        grep -o 'home[.]readers=[^"]*' jvm-arguments >> "$calls"
                        """);
        Compiled.classes(
                fake.classes,
                "package p; class Names { Object a = java.util.Locale.GERMANY;"
                        + " String b = \"Cp1252\", c = \"com.sun.jndi.dns.DnsContextFactory\", d = \"java.home\"; }");
        build(request());
        assertEquals(
                List.of(
                        "-H:IncludeLocales=de,de-DE",
                        "cortado.charsets=windows-1252",
                        "named.classes=p.Names:com.sun.jndi.dns.DnsContextFactory",
                        "home.readers=p.Names"),
                fake.calls());
    }

    @Test
    void theCompilerIsToldVariablesWhoseNamesAreInTheManifest() throws IOException {
        fake =
                new FakeBuild(
                        directory.resolve("other"),
                        "grep -o 'cortado[.]environment=[^\"]*' jvm-arguments >> \"$calls\"");
        image = directory.resolve("other/out/app");
        build(request().environment(variable("top secret")));
        assertEquals(List.of("cortado.environment=PASSWORD=top+secret"), fake.calls());
        List<String> options = ImageFile.read(image).manifest().options();
        assertTrue(options.contains("--env=PASSWORD"), options.toString());
        String bytes = Files.readString(image, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("secret"), "the manifest has the value");
    }

    private static EnvironmentVariables variable(String value) {
        return EnvironmentVariables.of(Map.of("PASSWORD", value));
    }

    @Test
    void theCompilerIsToldOfDirectories() throws IOException {
        fake =
                new FakeBuild(
                        directory.resolve("other"),
                        """
                        listing=$(grep -o 'cortado[.]files=[^"]*' jvm-arguments)
                        [ -z "$listing" ] && exit
                        grep -o '^[^ ]* [^ ]*' "${listing#*=}" >> "$calls"
                        echo '[{"path": "/java", "files": 3, "directories": 2, "bytes": 1}]' \\
                            > reports/files.json
                        """);
        Path site = Files.createDirectory(directory.resolve("site"));
        Files.writeString(site.resolve("a"), "content");
        List<WantedDirectory> files = List.of(new WantedDirectory(site, "/srv/site"));
        BuildRequest.Builder inside = fake.request(site.resolve("app")).files(files);
        assertThrows(UserError.class, () -> fake.build(inside, fake.resources()));
        build(request().files(files));
        assertEquals(List.of("mount /srv/site", "directory 755", "file 644"), fake.calls());
        assertTrue(
                Files.readString(image, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(
                                "\"files\":[{\"path\":\"/srv/site\",\"files\":1,"
                                        + "\"directories\":0,\"bytes\":7},{\"path\":\"/java\","
                                        + "\"files\":3,\"directories\":2,\"bytes\":1}]"),
                "the manifest names the directories");
        assertTrue(build(request().files(files)).upToDate());
        Files.writeString(site.resolve("a"), "Content");
        assertFalse(build(request().files(files)).upToDate());
        assertFalse(build(request()).upToDate());
        assertFalse(
                Files.readString(image, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("\"files\""),
                "an image without any says nothing");
    }

    @Test
    void doesNothingIfNothingHasChanged() throws IOException {
        build(request());
        assertTrue(build(request()).upToDate());
        assertEquals(1, fake.calls().size());
    }

    @Test
    void buildsAgainWhenAnInputChanges() throws IOException {
        build(request());
        assertFalse(build(request().optimization(Optimization.SPEED)).upToDate());
        assertFalse(build(request().defines(Map.of("a", "b"))).upToDate());
        assertFalse(build(request().environment(variable("1"))).upToDate());
        assertFalse(build(request().environment(variable("2"))).upToDate());
        assertFalse(build(request().compilerArguments(List.of("-H:+X"))).upToDate());
        assertFalse(build(request().name("other")).upToDate());
        assertFalse(build(request()).upToDate());
        Files.writeString(fake.classes.resolve("resource"), "new");
        assertFalse(build(request()).upToDate());
        Files.writeString(fake.classes.resolve("resource"), "changed");
        assertFalse(build(request()).upToDate());
        FakeJdk.module(directory.resolve("lib/guest/g.jar"), "changed");
        assertFalse(build(request()).upToDate());
        assertTrue(build(request()).upToDate());
        assertEquals(11, fake.calls().size());
    }

    @Test
    void buildsAgainWhenAnOutputChanges() throws IOException {
        build(request());
        for (Path output : List.of(image, SideFiles.debug(image))) {
            byte[] sound = Files.readAllBytes(output);
            Files.writeString(output, "damaged");
            assertFalse(build(request()).upToDate());
            assertArrayEquals(sound, Files.readAllBytes(output));
            Files.delete(output);
            assertFalse(build(request()).upToDate());
        }
    }

    @Test
    void sameInputsGiveTheSameBytesWhereverTheyAre() throws IOException {
        build(request());
        byte[] first = Files.readAllBytes(image);
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Path moved = Files.move(fake.classes, elsewhere.resolve("output"));
        BuildRequest.Builder other =
                BuildRequest.of(List.of(moved), "p.Main", elsewhere.resolve("app")).jdk(fake.jdk);
        build(other);
        assertArrayEquals(first, Files.readAllBytes(elsewhere.resolve("app")));
    }

    @Test
    void leavesEverythingAsItWasWhenTheCompilerFails() throws IOException {
        build(request());
        byte[] before = Files.readAllBytes(image);
        FakeJdk.executable(fake.jdk.resolve("bin/java"), "echo 'Error: no'; exit 1");
        UserError error = assertThrows(UserError.class, () -> build(request().name("other")));
        assertTrue(error.getMessage().contains("no"), error.getMessage());
        assertArrayEquals(before, Files.readAllBytes(image));
        assertEquals(List.of("app", "app.build", "app.debug"), fake.outputs());
        assertTrue(build(request()).upToDate());
    }

    @Test
    void leavesNothingBehindWhenTheObjectIsDamaged() throws IOException {
        FakeJdk.executable(fake.jdk.resolve("bin/java"), "echo junk > temporary/a.o");
        assertThrows(UserError.class, () -> build(request()));
        assertEquals(List.of(), fake.outputs());
    }

    @Test
    void tellsAllThatIsWrongBeforeItCompiles() throws IOException {
        Path damaged = Files.createDirectories(directory.resolve("damaged"));
        Files.writeString(damaged.resolve("X.class"), "damaged");
        BuildRequest.Builder wrong =
                BuildRequest.of(List.of(fake.classes, damaged), "p.None", image).jdk(fake.jdk);
        UserError error = assertThrows(UserError.class, () -> build(wrong));
        assertEquals(2, error.getMessage().lines().count(), error.getMessage());
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void whatIsNotThereIsPassedOverWithAWordForThoseWhoAsk() {
        Path missing = directory.resolve("missing.jar");
        build(BuildRequest.of(List.of(missing, fake.classes), "p/Main", image).jdk(fake.jdk));
        assertTrue(
                fake.events.contains(
                        new ProgressEvent.Output(
                                "class path: passed over " + missing + ": there is no such file")),
                fake.events.toString());
    }

    @Test
    void refusesUnknownCompilerArguments() {
        assertMessage(
                request().compilerArguments(List.of("--nonsense")),
                "compiler argument \"--nonsense\"");
    }

    @Test
    void refusesAnOutputThatIsADirectory() throws IOException {
        Files.createDirectories(image);
        assertMessage(request(), image + " is a directory");
    }

    @Test
    void refusesAnOutputBelowAFile() throws IOException {
        Files.writeString(directory.resolve("out"), "a file");
        assertMessage(request(), directory.resolve("out").toString());
    }

    @Test
    void refusesADirectoryThatCannotBeWrittenTo() throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        assertTrue(out.toFile().setWritable(false));
        assumeFalse(Files.isWritable(out), "root may write anywhere");
        assertMessage(request(), "no permission to write to " + out);
    }

    @Test
    void tellsOfAFullDisk() {
        var full = new java.nio.file.FileSystemException("/x/y", null, "No space left on device");
        UserError error = WriteFailure.of(Path.of("/x"), full);
        assertEquals(
                "the disk is full, or a quota used up, at /x: free some space and build again",
                error.getMessage());
    }

    @Test
    void tellsWhatCannotBeReadFromWhatCannotBeWritten() {
        Path out = Path.of("/x");
        var jar = new java.nio.file.NoSuchFileException("/lib/svm.jar");
        assertEquals(
                "/lib/svm.jar cannot be used (there is no such file)",
                WriteFailure.of(out, jar).getMessage());
        var denied = new java.nio.file.AccessDeniedException("/x/y");
        assertEquals(
                "no permission to write to /x: choose another --output",
                WriteFailure.of(out, denied).getMessage());
        assertEquals(
                "the build has failed (no object file): see --verbose",
                WriteFailure.of(out, new IOException("no object file")).getMessage());
    }

    @Test
    void aDirectoryOfConfigurationIsAnInput() throws IOException {
        Path configuration = Files.createDirectory(directory.resolve("configuration"));
        Path file = Files.writeString(configuration.resolve("reflect-config.json"), "[]");
        BuildRequest.Builder configured =
                request()
                        .compilerArguments(
                                List.of("-H:ConfigurationFileDirectories=/none," + configuration));
        build(configured);
        assertTrue(build(configured).upToDate());
        Files.writeString(file, "[{}]");
        assertFalse(build(configured).upToDate());
    }

    @Test
    void theJdksFilesAreInputs() throws IOException {
        Path security = Files.createDirectories(fake.jdk.resolve("conf/security"));
        Path file = Files.writeString(security.resolve("java.security"), "a=b");
        build(request());
        assertTrue(build(request()).upToDate());
        Files.writeString(file, "a=c");
        assertFalse(build(request()).upToDate());
    }

    @Test
    void whatADirectoryLinksToIsAnInput() throws IOException {
        Path linked = Files.createDirectory(directory.resolve("linked"));
        Path file = Files.writeString(linked.resolve("resource"), "first");
        Files.createSymbolicLink(fake.classes.resolve("more"), linked);
        build(request());
        assertTrue(build(request()).upToDate());
        Files.writeString(file, "second");
        assertFalse(build(request()).upToDate());
    }

    private void assertMessage(BuildRequest.Builder wrong, String part) {
        UserError error = assertThrows(UserError.class, () -> build(wrong));
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    private BuildRequest.Builder request() {
        return fake.request(image);
    }

    private BuildReport build(BuildRequest.Builder of) {
        return fake.build(of, fake.resources().withCacheBytes(0)).getFirst();
    }
}
