package dev.cortado.image.cli;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.build.Artifact;
import dev.cortado.image.build.BuildReport;
import dev.cortado.image.build.BuildRequest;
import dev.cortado.image.build.ConfigurationSources;
import dev.cortado.image.build.FormatReport;
import dev.cortado.image.build.ImageBuild;
import dev.cortado.image.build.TargetChoice;
import dev.cortado.image.build.Toolchain;
import dev.cortado.image.build.VirtioConsole;
import dev.cortado.image.classpath.ClassPathText;
import dev.cortado.image.classpath.ProgramJar;
import dev.cortado.image.compile.Optimization;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.progress.ConsoleProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code cortado build}. */
@Command(
        name = "build",
        description = "Builds a bootable image from a Java program.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  A jar whose manifest names the main class and the libraries:",
            "    cortado build app.jar",
            "  Classes and libraries:",
            "    cortado build -cp 'target/classes:lib/*' -m com.example.Main -o app",
            "  A program that is fast rather than small:",
            "    cortado build app.jar --optimize speed",
            "  For Xen, with configurations for xl beside the images:",
            "    cortado build app.jar --target xen-pvh,xen-pv,xen-hvm",
            "  A disk for any PC, and the same for VMware and for QEMU:",
            "    cortado build app.jar --target bare --format vmdk,qcow2"
        })
final class BuildCommand implements Runnable {
    @ParentCommand private Main main;
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "JAR",
            description =
                    "A jar with a Main-Class in its manifest, such as java -jar takes, or one of"
                            + " Spring Boot's; put before the class path.")
    private Path jar;

    @Option(
            names = {"-cp", "--class-path", "--classpath"},
            paramLabel = "PATH",
            description =
                    "Jars and directories of the program, as for the java command: separated by"
                            + " ${sys:path.separator}; 'directory/*' stands for the jars in a"
                            + " directory; what is not there is passed over (see --verbose).")
    private String classPath;

    @Option(
            names = {"-m", "--main-class"},
            paramLabel = "CLASS",
            description = "The class whose main method the guest runs.")
    private String mainClass;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The image to write. With several targets, a name that theirs are made from:"
                            + " app-xen-pvh.elf of app. Default: the jar's or main class's name,"
                            + " in this directory.")
    private Path output;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The image's name; default: that of its file.")
    private String name;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            split = ",",
            completionCandidates = TargetConverter.Words.class,
            converter = TargetConverter.class,
            description =
                    "The machines to build images for, or the products, which are short for a"
                            + " target and a format (cortado targets tells of each):"
                            + " ${COMPLETION-CANDIDATES}. Can be repeated; default: qemu.")
    private List<TargetChoice> targets = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            completionCandidates = FormatConverter.Words.class,
            converter = FormatConverter.class,
            description =
                    "What else to make of the images that it fits, for programs that import such"
                            + " files: ${COMPLETION-CANDIDATES} (cortado targets tells of each)."
                            + " Can be repeated.")
    private List<OutputFormat> formats = new ArrayList<>();

    @Option(
            names = "--optimize",
            paramLabel = "GOAL",
            description =
                    "What matters most: ${COMPLETION-CANDIDATES} (of the image, of the program, or"
                            + " a short build). Default: ${DEFAULT-VALUE}.")
    private Optimization optimization = Optimization.SIZE;

    @Option(
            names = {"-D", "--define"},
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description =
                    "A system property for code that runs while the image is built. (One for the"
                            + " running guest goes to run: cortado run app -- -Dkey=value.)")
    private Map<String, String> defines = new TreeMap<>();

    @Option(
            names = "--compiler-argument",
            paramLabel = "OPTION",
            parameterConsumer = AnyWord.class,
            description =
                    "An option of GraalVM's native-image, such as"
                            + " --initialize-at-build-time=com.example; can be repeated.")
    private List<String> compilerArguments = new ArrayList<>();

    @Option(
            names = "--configuration",
            split = ",",
            paramLabel = "SOURCE",
            description =
                    "Where the guest looks for its configuration when it boots, beside the command"
                            + " line: fw-cfg, xenstore, guestinfo, ovf, nocloud, config-drive; of"
                            + " those, an image has what its target can have. With strict, a"
                            + " configuration that is no good ends the program's start.")
    private List<String> configuration = new ArrayList<>();

    @Option(
            names = "--virtio-console",
            description =
                    "Put the driver of virtio's console into the image, where its target can have"
                            + " one: much output is quicker than by a serial port. cortado run gives"
                            + " such a guest the device.")
    private boolean virtioConsole;

    @Option(
            names = "--jdk",
            paramLabel = "DIRECTORY",
            description =
                    "The JDK 25 to compile with; default: the one this runs on, or that of"
                            + " JAVA_HOME or PATH.")
    private Path jdk;

    @Option(
            names = "--ignore-native-code",
            description =
                    "Go on although the main class has native methods. Calls of them fail in the"
                            + " guest, as those of libraries do, of which a build only warns.")
    private boolean ignoreNativeCode;

    @Option(
            names = "--no-library-metadata",
            description =
                    "Do without what GraalVM's metadata repository knows of libraries that say"
                            + " nothing of what they use by reflection; it is part of Cortado.")
    private boolean noLibraryMetadata;

    @Mixin private SecureBootOptions secureBoot = new SecureBootOptions();

    @Mixin private EnvironmentOptions environment = new EnvironmentOptions();

    @Mixin private FileOptions files = new FileOptions();

    @Mixin private MountOptions mounts = new MountOptions();

    @Mixin private ResourceOptions resources = new ResourceOptions();

    @Override
    public void run() {
        BuildRequest request = request();
        try (ConsoleProgress progress = Terminal.progress(main.verbose())) {
            new ImageBuild(Toolchain.ofDistribution(), resources.resources(), progress)
                    .build(request)
                    .forEach(this::show);
        }
    }

    private BuildRequest request() {
        List<Path> paths = new ArrayList<>();
        String startClass = mainClass;
        if (jar != null) {
            Optional<String> named = ProgramJar.mainClass(jar);
            paths.add(jar);
            if (startClass == null) {
                startClass = named.orElse(null);
            }
        }
        if (classPath != null) {
            paths.addAll(ClassPathText.parse(classPath));
        }
        if (paths.isEmpty()) {
            throw new UserError("no program given: name a jar, or use --class-path");
        }
        if (startClass == null) {
            throw new UserError(
                    jar == null
                            ? "no main class given: use --main-class"
                            : jar + " has no Main-Class in its manifest: use --main-class");
        }
        Path file = output == null ? defaultOutput(startClass) : output;
        BuildRequest.Builder request =
                BuildRequest.of(paths, startClass, file)
                        .artifacts(artifacts(file))
                        .files(files.wanted())
                        .formats(TargetChoice.formats(targets, formats))
                        .optimization(optimization)
                        .defines(defines())
                        .environment(environment.forBuild())
                        .compilerArguments(compilerArguments)
                        .ignoreNativeCode(ignoreNativeCode)
                        .libraryMetadata(!noLibraryMetadata)
                        .threads(resources.threads());
        if (name != null) {
            request.name(name);
        }
        secureBoot.key().ifPresent(request::secureBootKey);
        if (jdk != null) {
            request.jdk(jdk);
        }
        return request.build();
    }

    private Map<String, String> defines() {
        Map<String, String> withSources =
                ConfigurationSources.addTo(mounts.addTo(files.addTo(defines)), configuration);
        return VirtioConsole.addTo(withSources, virtioConsole);
    }

    /** The one that was asked for by name, or as many as there are targets. */
    private List<Artifact> artifacts(Path file) {
        List<Target> chosen = TargetChoice.targets(targets);
        List<Target> wanted = chosen.isEmpty() ? List.of(Target.QEMU) : chosen;
        return output != null && wanted.size() == 1
                ? List.of(new Artifact(wanted.getFirst(), output))
                : Artifact.named(file, wanted);
    }

    private Path defaultOutput(String startClass) {
        if (jar != null) {
            return Path.of(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
        }
        return Path.of(
                startClass.substring(startClass.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private void show(BuildReport report) {
        String size = "%.1f MB".formatted(report.imageBytes() / 1e6);
        String what =
                report.upToDate()
                        ? "up to date, nothing to do"
                        : "built in %.1f s".formatted(report.elapsed().toMillis() / 1e3);
        Path image = report.artifact().image();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %s, %s%n", shown(image), size, what);
        for (FormatReport file : report.formats()) {
            String made = file.upToDate() ? "up to date" : file.format().description();
            Path place = image.resolveSibling(file.file().getFileName());
            out.printf("%s: %.1f MB, %s%n", shown(place), file.bytes() / 1e6, made);
        }
        out.flush();
    }

    private Path shown(Path file) {
        return output == null ? file.getFileName() : file;
    }
}
