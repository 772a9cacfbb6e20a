package dev.cortado.system;

import dev.cortado.system.guest.launcher.Programs;
import dev.cortado.system.guest.launcher.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A Java program, compiled from sources, that runs on HotSpot and becomes an image.
 *
 * @param classes directory with its classes and resources
 */
public record Program(String name, String mainClass, Path classes) {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    /** One of the projects in {@code examples}. */
    private static Program example(String name, String mainClass) {
        Path project = MODULE.resolveSibling("examples").resolve(name);
        return compile(
                name,
                mainClass,
                project.resolve("src/main/java"),
                project.resolve("src/main/resources"));
    }

    /** examples/hello. */
    public static Program hello() {
        return example("hello", "dev.cortado.examples.hello.Hello");
    }

    /** examples/tour. */
    public static Program tour() {
        return example("tour", "dev.cortado.examples.tour.Tour");
    }

    /** Both, and the probes, in one: see {@link Programs}. */
    public static Program programs() {
        Path classes = MODULE.resolve("target/programs/programs");
        try {
            for (Program each : List.of(probes(), hello(), tour())) {
                copy(each.classes, files(each.classes), classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Program("programs", Programs.class.getName(), classes);
    }

    /** The probes in {@code src/main} of this module, which Maven has compiled. */
    static Program probes() {
        return new Program(
                "probes", "dev.cortado.system.guest.Probes", MODULE.resolve("target/classes"));
    }

    /** The tests that run in a guest, in the same module; see {@link GuestSuite}. */
    public static Program suite() {
        return new Program("suite", Suite.class.getName(), MODULE.resolve("target/classes"));
    }

    /** Runs it on the JVM that runs this test. */
    public Outcome onHotSpot(String input, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(arguments).filter(argument -> argument.startsWith("-D")).forEach(command::add);
        // Some probes reach for memory that is not theirs.
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.addAll(List.of("-Xmx128m", "-cp", classes.toString(), mainClass));
        Stream.of(arguments).filter(argument -> !argument.startsWith("-D")).forEach(command::add);
        return Outcome.of(command, input);
    }

    private static Program compile(String name, String mainClass, Path sources, Path resources) {
        Path classes = MODULE.resolve("target/programs").resolve(name);
        try {
            Files.createDirectories(classes);
            List<String> arguments =
                    new ArrayList<>(List.of("--release", "25", "-g", "-d", classes.toString()));
            for (Path source : files(sources)) {
                arguments.add(source.toString());
            }
            int result =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new));
            if (result != 0) {
                throw new AssertionError("javac failed: " + arguments);
            }
            copy(resources, files(resources), classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Program(name, mainClass, classes);
    }

    private static void copy(Path from, List<Path> files, Path to) throws IOException {
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Where this program's image goes: {@code variant} tells several of them apart. */
    public Path imageFile(String variant) {
        return MODULE.resolve("target/images").resolve(variant).resolve(name + ".elf");
    }
}
