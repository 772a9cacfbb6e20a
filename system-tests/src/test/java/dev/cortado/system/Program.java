package dev.cortado.system;

import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.system.guest.card.CardSite;
import dev.cortado.system.guest.configuration.ConfigurationProgram;
import dev.cortado.system.guest.disk.FileProbes;
import dev.cortado.system.guest.launcher.Programs;
import dev.cortado.system.guest.launcher.Suite;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import tools.jackson.core.json.JsonFactory;

/**
 * A Java program, compiled from sources, that runs on HotSpot and becomes an image.
 *
 * @param classes directory with its classes and resources
 * @param libraries jars that it needs
 */
public record Program(String name, String mainClass, Path classes, List<Path> libraries) {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    Program(String name, String mainClass, Path classes) {
        this(name, mainClass, classes, List.of());
    }

    /** What it is compiled with and run with, as {@code java}'s class path. */
    public String classPath() {
        return Stream.concat(Stream.of(classes), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** One of the projects in {@code examples}. */
    private static Program example(String name, String mainClass, Class<?>... libraries) {
        Path project = MODULE.resolveSibling("examples").resolve(name);
        return compile(
                new Program(
                        name,
                        mainClass,
                        MODULE.resolve("target/programs").resolve(name),
                        Stream.of(libraries).map(type -> Path.of(place(type))).toList()),
                List.of(project.resolve("src/main/java")),
                project.resolve("src/main/resources"));
    }

    /** One of {@code src/test/programs/servers}, with the jars that Maven has put ready for it. */
    public static Program server(String name, String mainClass) {
        Path sources = MODULE.resolve("src/test/programs/servers");
        try {
            return compile(
                    new Program(
                            name,
                            mainClass,
                            MODULE.resolve("target/programs/servers").resolve(name),
                            files(MODULE.resolve("target/servers").resolve(name))),
                    List.of(sources.resolve("site/java"), sources.resolve(name + "/java")),
                    sources.resolve(name + "/resources"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What keeps data in files, of {@code src/test/programs/stores}, with its jars. */
    public static Program stores() {
        Path sources = MODULE.resolve("src/test/programs/stores");
        try {
            return compile(
                    new Program(
                            "stores",
                            "dev.cortado.system.stores.Stores",
                            MODULE.resolve("target/programs/stores"),
                            files(MODULE.resolve("target/stores"))),
                    List.of(sources.resolve("java")),
                    sources.resolve("resources"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** examples/hello. */
    public static Program hello() {
        return Compiled.HELLO;
    }

    /** examples/tour. */
    public static Program tour() {
        return Compiled.TOUR;
    }

    /**
     * Takes three frames out of stack traces: where an image has several programs, another one
     * calls the example.
     */
    public static String withoutLauncher(String console) {
        String callers =
                "\tat java.base/java.lang.reflect.Method.invoke\\(.*\n"
                        + "(\tat dev.cortado.system.guest.launcher.Programs.*\n){2}";
        return Pattern.compile("\\.\\.\\. (\\d+) more")
                .matcher(console.replaceAll(callers, ""))
                .replaceAll(more -> "... %d more".formatted(Integer.parseInt(more.group(1)) - 3));
    }

    /** examples/http. */
    public static Program http() {
        return Compiled.HTTP;
    }

    /** examples/kv. */
    public static Program kv() {
        return Compiled.KV;
    }

    /** examples/echo. */
    public static Program echo() {
        return Compiled.ECHO;
    }

    /** Compiled once: an image may be built of the classes at any time after that. */
    private static final class Compiled {
        static final Program HELLO = example("hello", "dev.cortado.examples.hello.Hello");
        static final Program TOUR = example("tour", "dev.cortado.examples.tour.Tour");
        static final Program KV = example("kv", "dev.cortado.examples.kv.Kv");
        static final Program ECHO = example("echo", "dev.cortado.examples.echo.Echo");
        static final Program HTTP =
                example("http", "dev.cortado.examples.http.Http", JsonFactory.class);
        static final Program PROGRAMS = together();
    }

    /** Both, and the probes, in one: see {@link Programs}. */
    public static Program programs() {
        return Compiled.PROGRAMS;
    }

    private static Program together() {
        Path classes = MODULE.resolve("target/programs/programs");
        try {
            for (Program each : List.of(probes(), Compiled.HELLO, Compiled.TOUR)) {
                copy(each.classes, files(each.classes), classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Program("programs", Programs.class.getName(), classes);
    }

    /** The probes in {@code src/main} of this module, which Maven has compiled. */
    public static Program probes() {
        return new Program(
                "probes", "dev.cortado.system.guest.Probes", MODULE.resolve("target/classes"));
    }

    /** What a program does with files of disks, in the same module. */
    public static Program files() {
        return new Program("files", FileProbes.class.getName(), MODULE.resolve("target/classes"));
    }

    /** Says what it was told when it was started, in the same module. */
    public static Program configuration() {
        return new Program(
                "configuration",
                ConfigurationProgram.class.getName(),
                MODULE.resolve("target/classes"));
    }

    /** What a guest does on each network card, in the same module. */
    public static Program cards() {
        return new Program("cards", CardSite.class.getName(), MODULE.resolve("target/classes"));
    }

    /** What stands beside another operating system, in the same module. */
    public static Program peer(Class<?> mainClass) {
        return new Program("peer", mainClass.getName(), MODULE.resolve("target/classes"));
    }

    /** The tests that run in a guest, in the same module; see {@link GuestSuite}. */
    public static Program suite() {
        return new Program("suite", Suite.class.getName(), MODULE.resolve("target/classes"));
    }

    /** Runs it on the JVM that runs this test. */
    public Outcome onHotSpot(String input, String... arguments) {
        return Outcome.of(hotSpotCommand(arguments), input);
    }

    /** The command that does. */
    List<String> hotSpotCommand(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(arguments).filter(argument -> argument.startsWith("-D")).forEach(command::add);
        // Some probes reach for memory that is not theirs.
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        // Probes name classes of all of Cortado's modules, to be found if not to be used.
        String path =
                String.join(
                        File.pathSeparator,
                        classes.toString(),
                        place(GuestNetwork.class),
                        place(VirtioBus.class),
                        place(RestartPolicy.class));
        command.addAll(List.of("-Xmx128m", "-cp", path, mainClass));
        Stream.of(arguments).filter(argument -> !argument.startsWith("-D")).forEach(command::add);
        return command;
    }

    /** The directory or jar that a class comes from. */
    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static Program compile(Program program, List<Path> sources, Path resources) {
        try {
            Files.createDirectories(program.classes);
            List<String> arguments = new ArrayList<>(List.of("--release", "25", "-g"));
            arguments.addAll(List.of("-d", program.classes.toString()));
            arguments.addAll(List.of("-cp", program.classPath()));
            for (Path directory : sources) {
                files(directory).forEach(source -> arguments.add(source.toString()));
            }
            int result =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new));
            if (result != 0) {
                throw new AssertionError("javac failed: " + arguments);
            }
            copy(resources, files(resources), program.classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program;
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
