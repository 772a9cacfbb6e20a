package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainClassSearchTest {
    @TempDir private Path directory;

    @Test
    void takesTheOnlyClassWithAMain() throws IOException {
        compile(
                "class Helper { static int main(int x) { return x; } }",
                "package app; public class Server { public static void main(String[] args) {} }");
        assertEquals("app.Server", MainClassSearch.find(new MavenProject(), directory));
    }

    @Test
    void acceptsWhatTheLauncherAccepts() throws IOException {
        compile(
                "class Instance { void main() {} }",
                "class Private { private static void main(String[] args) {} }",
                "abstract class Abstract { void main() {} }",
                "interface Static { static void main(String[] args) {} }",
                "class Returning { static int main(String[] args) { return 0; } }",
                "class WithArguments { protected void main(String[] args) {} }");
        assertEquals(
                List.of("Instance", "Static", "WithArguments"),
                MainClassSearch.classesWithMain(directory));
    }

    @Test
    void namesTheCandidatesWhenThereIsMoreThanOne() throws IOException {
        compile(
                "class One { public static void main(String[] args) {} }",
                "class Two { public static void main(String[] args) {} }");
        UserError error =
                assertThrows(
                        UserError.class, () -> MainClassSearch.find(new MavenProject(), directory));
        assertTrue(error.getMessage().contains("One, Two"), error.getMessage());
        assertTrue(error.getMessage().contains("<mainClass>"), error.getMessage());
    }

    @Test
    void saysWhenThereIsNone() {
        assertThrows(UserError.class, () -> MainClassSearch.find(new MavenProject(), directory));
        assertThrows(
                UserError.class,
                () -> MainClassSearch.find(new MavenProject(), directory.resolve("missing")));
    }

    @Test
    void passesOverFilesThatAreNotClasses() throws IOException {
        compile("class Main { public static void main(String[] args) {} }");
        byte[] good = Files.readAllBytes(directory.resolve("Main.class"));
        Files.write(directory.resolve("Empty.class"), new byte[0]);
        for (int length : IntStream.range(1, good.length).toArray()) {
            Files.write(directory.resolve("Cut.class"), Arrays.copyOf(good, length));
            assertTrue(MainClassSearch.classesWithMain(directory).contains("Main"));
        }
    }

    @Test
    void prefersTheManifestOfTheJar() throws Exception {
        Plugin jarPlugin = new Plugin();
        jarPlugin.setGroupId("org.apache.maven.plugins");
        jarPlugin.setArtifactId("maven-jar-plugin");
        jarPlugin.setConfiguration(
                Xpp3DomBuilder.build(
                        new StringReader(
                                "<configuration><archive><manifest><mainClass> app.Main"
                                        + " </mainClass></manifest></archive></configuration>")));
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(jarPlugin);
        assertEquals("app.Main", MainClassSearch.find(new MavenProject(model), directory));
    }

    private void compile(String... sources) throws IOException {
        Path sourceDirectory = Files.createDirectories(directory.resolve("sources"));
        for (int i = 0; i < sources.length; i++) {
            String name = sources[i].replaceAll("(?s).*?(?:class|interface) (\\w+).*", "$1");
            Files.writeString(sourceDirectory.resolve(name + ".java"), sources[i]);
        }
        try (Stream<Path> files = Files.list(sourceDirectory)) {
            List<String> arguments =
                    Stream.concat(Stream.of("-d", directory.toString()), files.map(Path::toString))
                            .toList();
            int result =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new));
            assertEquals(0, result);
        }
    }
}
