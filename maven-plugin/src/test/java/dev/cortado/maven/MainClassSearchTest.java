package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainClassSearchTest {
    private static final String JAR_PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";
    private static final String SPRING_BOOT_PLUGIN =
            "org.springframework.boot:spring-boot-maven-plugin";

    @TempDir private Path directory;

    @Test
    void takesTheOnlyClassWithAMain() throws IOException {
        compile(
                "class Helper { static int main(int x) { return x; } }",
                "package app; public class Server { public static void main(String[] args) {} }");
        assertEquals("app.Server", find(project()));
    }

    @Test
    void namesTheCandidatesWhenThereIsMoreThanOne() throws IOException {
        compile(
                "class One { public static void main(String[] args) {} }",
                "class Two { public static void main(String[] args) {} }");
        UserError error = assertThrows(UserError.class, () -> find(project()));
        assertTrue(error.getMessage().contains("One, Two"), error.getMessage());
        assertTrue(error.getMessage().contains("<mainClass>"), error.getMessage());
    }

    @Test
    void saysWhenThereIsNone() {
        assertThrows(UserError.class, () -> find(project()));
        MavenProject empty = project();
        empty.getBuild().setOutputDirectory(directory.resolve("missing").toString());
        assertThrows(UserError.class, () -> find(empty));
    }

    @Test
    void prefersWhatOtherPluginsWriteIntoTheJar() throws Exception {
        String archive =
                "<archive><manifest><mainClass> app.Main </mainClass></manifest></archive>";
        assertEquals("app.Main", find(project(plugin(JAR_PLUGIN, archive))));
        String spring = "<mainClass>app.Spring</mainClass>";
        String unset = archive.replace("app.Main", "${start-class}");
        assertEquals(
                "app.Spring",
                find(project(plugin(JAR_PLUGIN, unset), plugin(SPRING_BOOT_PLUGIN, spring))));
    }

    @Test
    void prefersTheManifestOfTheJarToAllElse() throws Exception {
        Path jar = directory.resolve("app.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "app.FromJar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        MavenProject project = project(plugin(SPRING_BOOT_PLUGIN, "<mainClass>x.Y</mainClass>"));
        project.setArtifact(
                new DefaultArtifact(
                        "g", "app", "1", null, "jar", null, new DefaultArtifactHandler()));
        project.getArtifact().setFile(jar.toFile());
        assertEquals("app.FromJar", find(project));
    }

    private static String find(MavenProject project) {
        return MainClassSearch.find(project, new ProjectClassPath(project));
    }

    private MavenProject project(Plugin... plugins) {
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().setOutputDirectory(directory.toString());
        List.of(plugins).forEach(model.getBuild()::addPlugin);
        return new MavenProject(model);
    }

    private static Plugin plugin(String key, String configuration) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setGroupId(key.substring(0, key.indexOf(':')));
        plugin.setArtifactId(key.substring(key.indexOf(':') + 1));
        plugin.setConfiguration(
                Xpp3DomBuilder.build(
                        new StringReader("<configuration>" + configuration + "</configuration>")));
        return plugin;
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
