package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import dev.cortado.image.classpath.ProgramJar;
import dev.cortado.image.launch.MainClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Finds the main class of a project that does not name it for this plugin. */
final class MainClassSearch {
    private static final String JAR_PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";
    private static final String SPRING_BOOT_PLUGIN =
            "org.springframework.boot:spring-boot-maven-plugin";
    private static final String HOW_TO_NAME_IT =
            "name it with <mainClass> in the configuration of cortado-maven-plugin, or with"
                    + " -Dcortado.mainClass";

    private MainClassSearch() {}

    /**
     * The main class of the project's jar, or the one that another plugin will write into it, or
     * else the only class of the project that has a main.
     *
     * @throws UserError if there is none, or more than one
     */
    static String find(MavenProject project, ProjectClassPath classPath) {
        return byConfiguration(project, classPath).orElseGet(() -> only(classPath));
    }

    /**
     * Whether a module of several could be a program: whether its class path has the class that is
     * named, or it has a main class of its own.
     *
     * @param named by the configuration; null or blank if none is
     */
    static boolean mayFind(MavenProject project, ProjectClassPath classPath, String named) {
        if (!Files.isDirectory(classPath.classes())) {
            return false;
        }
        if (named == null || named.isBlank()) {
            return byConfiguration(project, classPath).isPresent()
                    || !classesWithMain(classPath.classes(), classPath.entries()).isEmpty();
        }
        String file = named.strip().replace('.', '/') + ".class";
        return Files.exists(classPath.classes().resolve(file))
                || classPath.entries().stream().anyMatch(entry -> contains(entry, file));
    }

    private static boolean contains(Path entry, String file) {
        try (ClassPathEntry opened = ClassPathEntry.open(ClassPathElement.of(entry))) {
            return opened.contains(file);
        } catch (IOException e) {
            // A build says what is wrong with it.
            return true;
        }
    }

    private static Optional<String> byConfiguration(
            MavenProject project, ProjectClassPath classPath) {
        return classPath
                .jar()
                .flatMap(ProgramJar::mainClass)
                .or(() -> configured(project, JAR_PLUGIN, "archive", "manifest", "mainClass"))
                .or(() -> configured(project, SPRING_BOOT_PLUGIN, "mainClass"));
    }

    private static Optional<String> configured(
            MavenProject project, String plugin, String... names) {
        Plugin found = project.getPlugin(plugin);
        Object node = found == null ? null : found.getConfiguration();
        for (String name : names) {
            node = node instanceof Xpp3Dom dom ? dom.getChild(name) : null;
        }
        return Optional.ofNullable(node instanceof Xpp3Dom dom ? dom.getValue() : null)
                .map(String::strip)
                // A parent's pom may leave it to a property that nobody has set.
                .filter(name -> !name.isEmpty() && !name.startsWith("${"));
    }

    private static String only(ProjectClassPath classPath) {
        Path classes = classPath.classes();
        List<String> names = classesWithMain(classes, classPath.entries());
        if (names.isEmpty()) {
            throw new UserError("no class in " + classes + " has a main method: add one");
        }
        if (names.size() > 1) {
            throw new UserError(
                    "more than one class has a main method ("
                            + String.join(", ", names)
                            + "): "
                            + HOW_TO_NAME_IT);
        }
        return names.getFirst();
    }

    private static List<String> classesWithMain(Path classes, List<Path> classPath) {
        try {
            return MainClasses.below(classes, classPath);
        } catch (IOException e) {
            throw new UserError("cannot read " + classes + ": " + e.getMessage());
        }
    }
}
