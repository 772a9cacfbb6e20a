package dev.cortado.maven;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the main class of a project that does not name it. */
final class MainClassSearch {
    private static final String JAR_PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";
    private static final String HOW_TO_NAME_IT =
            "name it with <mainClass> in the configuration of cortado-maven-plugin, or with"
                    + " -Dcortado.mainClass";

    private MainClassSearch() {}

    /**
     * The main class in the jar's manifest, or else the only class in {@code classes} with a main.
     *
     * @throws UserError if there is none, or more than one
     */
    static String find(MavenProject project, Path classes) {
        return inManifest(project).orElseGet(() -> only(classes));
    }

    private static Optional<String> inManifest(MavenProject project) {
        Plugin jarPlugin = project.getPlugin(JAR_PLUGIN);
        Object node = jarPlugin == null ? null : jarPlugin.getConfiguration();
        for (String name : List.of("archive", "manifest", "mainClass")) {
            node = node instanceof Xpp3Dom dom ? dom.getChild(name) : null;
        }
        return node instanceof Xpp3Dom dom && dom.getValue() != null
                ? Optional.of(dom.getValue().strip())
                : Optional.empty();
    }

    private static String only(Path classes) {
        List<String> names = classesWithMain(classes);
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

    /** Names of the classes below a directory that a Java launcher would start, sorted. */
    static List<String> classesWithMain(Path classes) {
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(MainClassSearch::nameIfMain)
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserError("cannot read " + classes + ": " + e.getMessage());
        }
    }

    private static Optional<String> nameIfMain(Path file) {
        try {
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            MainFinder finder = new MainFinder();
            reader.accept(
                    finder,
                    ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return finder.found
                    ? Optional.of(reader.getClassName().replace('/', '.'))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not a class file that we can read: preflight has more to say about it.
            return Optional.empty();
        }
    }

    /** Looks for a main that a launcher accepts (JLS 25, section 12.1.4). */
    private static final class MainFinder extends ClassVisitor {
        private boolean isAbstract;
        private boolean found;

        MainFinder() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            found |=
                    name.equals("main")
                            && (descriptor.equals("([Ljava/lang/String;)V")
                                    || descriptor.equals("()V"))
                            && (access & Opcodes.ACC_PRIVATE) == 0
                            && (isStatic || !isAbstract);
            return null;
        }
    }
}
