package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.BuildReport;
import dev.cortado.image.build.BuildRequest;
import dev.cortado.image.build.BuildResources;
import dev.cortado.image.build.CompilerThreads;
import dev.cortado.image.build.ConfigurationSources;
import dev.cortado.image.build.FormatReport;
import dev.cortado.image.build.ImageBuild;
import dev.cortado.image.build.JavaHomeFiles;
import dev.cortado.image.build.VirtioConsole;
import dev.cortado.image.build.WantedFormat;
import dev.cortado.image.compile.Optimization;
import dev.cortado.image.disk.BuiltMounts;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.files.WantedDirectory;
import dev.cortado.image.run.MemorySize;
import dev.cortado.image.signature.SecureBootKey;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals share that compile a project into images. */
abstract class AbstractBuildMojo extends AbstractImageMojo {
    /**
     * Name of the class whose {@code main} the image runs. Without it, the main class of the jar's
     * manifest (maven-jar-plugin, spring-boot-maven-plugin) is taken, or the only class of the
     * project that has a main.
     */
    @Parameter(property = "cortado.mainClass")
    private String mainClass;

    /** The image's name, as its manifest shows it. */
    @Parameter(property = "cortado.name", defaultValue = "${project.artifactId}", required = true)
    private String name;

    /**
     * What the compiler strives for: {@code size}, {@code speed}, or {@code build} for the shortest
     * compile.
     */
    @Parameter(property = "cortado.optimization", defaultValue = "size")
    private String optimization;

    /** System properties that are set while the compiler initializes classes. */
    @Parameter private Map<String, String> defines;

    /**
     * Environment variables that the program has unless somebody says otherwise when the image
     * boots. Anybody who has the image can read them.
     */
    @Parameter private Map<String, String> environment;

    /**
     * More arguments for the compiler, in native-image's notation, such as {@code
     * --initialize-at-build-time=com.example}. Those in {@code META-INF/native-image} of the
     * project and of its dependencies are honoured anyway.
     */
    @Parameter(property = "cortado.compilerArguments")
    private List<String> compilerArguments;

    /** The JDK 25 to compile with. Without it, the one that runs Maven, or one that is found. */
    @Parameter(property = "cortado.jdk")
    private File jdk;

    /**
     * Signs what UEFI starts of a disk: an RSA key (PEM, PKCS #8), for machines with secure boot.
     */
    @Parameter(property = "cortado.secureBootKey")
    private File secureBootKey;

    /** The key's certificate (PEM or DER), which such machines know. */
    @Parameter(property = "cortado.secureBootCertificate")
    private File secureBootCertificate;

    /**
     * Goes on although the main class has native methods. Calls of them fail in the guest, as those
     * of libraries do, of which a build only warns.
     */
    @Parameter(property = "cortado.ignoreNativeCode", defaultValue = "false")
    private boolean ignoreNativeCode;

    /**
     * Whether what GraalVM's metadata repository knows of libraries counts, beside what they say
     * themselves of what they use by reflection. It is part of Cortado.
     */
    @Parameter(property = "cortado.libraryMetadata", defaultValue = "true")
    private boolean libraryMetadata;

    /**
     * Directories that become part of the image with all that is in them, to be read, such as
     * {@code src/main/site} or {@code src/main/site=/srv/site}: behind the equals sign is where the
     * guest has it, by default below its root with the directory's name. Relative paths are
     * relative to the project's directory.
     */
    @Parameter(property = "cortado.files")
    private List<String> files;

    /**
     * Puts the files below {@code java.home} into the image that programs look for: those of a
     * JDK's own in {@code conf} and {@code lib/security}, {@code lib/tzdb.dat} and {@code release}.
     * A program whose own classes or libraries name the property {@code java.home} has them without
     * a word.
     */
    @Parameter(property = "cortado.javaHome", defaultValue = "false")
    private boolean javaHome;

    /**
     * What the guest mounts where at every start, such as {@code
     * /data=vda:ext4,noatime,format-if-blank}: a path, a disk by its name or by {@code serial=},
     * {@code label=}, {@code uuid=}, {@code partlabel=} or {@code partuuid=}, and what is on it;
     * then options, of which there are {@code ro}, {@code noatime}, {@code format-if-blank} (makes
     * a file system on a disk that has nothing on it), {@code grow} (to all of the disk) and {@code
     * optional}.
     */
    @Parameter(property = "cortado.mounts")
    private List<String> mounts;

    /**
     * Puts disks and all file systems into the image even if nothing is mounted yet: its command
     * line may say what is, or a resource {@code etc/fstab} of the program. Without it, an image
     * with mounts has ext4, tmpfs and what these are of.
     */
    @Parameter(property = "cortado.withDisks", defaultValue = "false")
    private boolean withDisks;

    /**
     * Where the guest looks for its configuration when it boots, beside the command line: {@code
     * fw-cfg}, {@code xenstore}, {@code guestinfo}, {@code ovf}, {@code nocloud}, {@code
     * config-drive}; an image has those that its target can have. With {@code strict}, a
     * configuration that is no good ends the program's start.
     */
    @Parameter(property = "cortado.configurationSources")
    private List<String> configurationSources;

    /**
     * Puts the driver of virtio's console into the image, where its target can have one: much
     * output is quicker than by a serial port. {@code cortado:run} gives such a guest the device.
     */
    @Parameter(property = "cortado.virtioConsole", defaultValue = "false")
    private boolean virtioConsole;

    /** Shows what the compiler prints. */
    @Parameter(property = "cortado.verbose", defaultValue = "false")
    private boolean verbose;

    /**
     * How many threads compile; as many as there are CPUs if this is 0. It is one where {@code
     * project.build.outputTimestamp} asks for reproducible builds.
     */
    @Parameter(property = "cortado.parallelism", defaultValue = "0")
    private int parallelism;

    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    private String outputTimestamp;

    /**
     * The most that the compiler's Java heap may take, such as {@code 6G}. Without it, 8 GiB or a
     * third of what the machine has, whichever is more. Builds that go on at the same time, as with
     * {@code mvn -T 4}, wait for each other if there is not enough for all.
     */
    @Parameter(property = "cortado.builderMemory")
    private String builderMemory;

    /**
     * Where compiled programs are kept for builds with the same inputs. Without it, the place that
     * the environment names with {@code CORTADO_CACHE}, or the user's directory for caches.
     */
    @Parameter(property = "cortado.cache")
    private File cache;

    /** How much is kept there, such as {@code 2G}; 0 to do without. */
    @Parameter(property = "cortado.cacheSize", defaultValue = "2G")
    private String cacheSize;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    /**
     * Whether there is something to build: of several modules that are built together, some have no
     * main class, which the log then says.
     */
    final boolean isProgram() {
        if (project.getPackaging().equals("pom")) {
            getLog().info("Cortado: nothing to do for a project of packaging pom");
            return false;
        }
        ProjectClassPath classPath = new ProjectClassPath(project);
        boolean alone = session.getProjects().size() == 1;
        if (!alone && !MainClassSearch.mayFind(project, classPath, mainClass)) {
            getLog().info("Cortado: nothing to do for a library, which has no main class");
            return false;
        }
        return true;
    }

    /** Builds the images, or leaves them as they are when no input has changed. */
    final void build() {
        build(List.of());
    }

    /**
     * The same, and makes other files of them.
     *
     * @return what was made or was there
     */
    final List<BuildReport> build(List<WantedFormat> formats) {
        ProjectClassPath classPath = new ProjectClassPath(project);
        BuildRequest.Builder request =
                BuildRequest.of(classPath.entries(), mainClass(classPath), image.toPath())
                        .artifacts(artifacts())
                        .files(files())
                        .formats(formats)
                        .name(name)
                        .optimization(optimization())
                        .ignoreNativeCode(ignoreNativeCode)
                        .libraryMetadata(libraryMetadata)
                        .threads(CompilerThreads.of(isReproducible(), parallelism))
                        .defines(defines())
                        .environment(variables(environment))
                        .compilerArguments(
                                compilerArguments == null ? List.of() : compilerArguments);
        SecureBootKey.given(path(secureBootKey), path(secureBootCertificate))
                .ifPresent(request::secureBootKey);
        if (jdk != null) {
            request.jdk(jdk.toPath());
        }
        try (LogProgress progress = new LogProgress(getLog(), verbose)) {
            List<BuildReport> reports =
                    new ImageBuild(PluginToolchain.of(pluginArtifacts), resources(), progress)
                            .build(request.build());
            for (BuildReport report : reports) {
                getLog().info(describe(report));
                report.formats().stream().map(AbstractBuildMojo::describe).forEach(getLog()::info);
            }
            return reports;
        }
    }

    private List<WantedDirectory> files() {
        Path base = project.getBasedir().toPath();
        return files == null
                ? List.of()
                : files.stream().map(each -> WantedDirectory.parse(each.strip(), base)).toList();
    }

    private Map<String, String> defines() {
        Map<String, String> withMounts =
                BuiltMounts.addTo(
                        defines == null ? Map.of() : defines, CommaLists.mounts(mounts), withDisks);
        Map<String, String> withSources =
                ConfigurationSources.addTo(
                        withMounts,
                        configurationSources == null ? List.of() : configurationSources);
        return JavaHomeFiles.addTo(VirtioConsole.addTo(withSources, virtioConsole), javaHome);
    }

    static EnvironmentVariables variables(Map<String, String> given) {
        return given == null ? EnvironmentVariables.NONE : EnvironmentVariables.of(given);
    }

    private String mainClass(ProjectClassPath classPath) {
        return mainClass == null || mainClass.isBlank()
                ? MainClassSearch.find(project, classPath)
                : mainClass.strip();
    }

    /**
     * Whether the project asks for it, by the rules of Maven's own plugins: one letter is no time.
     */
    private boolean isReproducible() {
        return outputTimestamp != null && outputTimestamp.strip().length() > 1;
    }

    private BuildResources resources() {
        BuildResources resources =
                cache == null ? BuildResources.usual() : BuildResources.in(cache.toPath());
        boolean without = cacheSize.strip().equals("0");
        resources = resources.withCacheBytes(without ? 0 : MemorySize.parse(cacheSize).bytes());
        return builderMemory == null
                ? resources
                : resources.withHeapBytes(MemorySize.parse(builderMemory).bytes());
    }

    private Optimization optimization() {
        try {
            return Optimization.valueOf(optimization.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "optimization is '" + optimization + "': set it to size, speed or build");
        }
    }

    private static String describe(FormatReport report) {
        return report.upToDate()
                ? report.file() + " is up to date"
                : String.format(Locale.ROOT, "%s: %.1f MB", report.file(), report.bytes() / 1e6);
    }

    private static String describe(BuildReport report) {
        Path image = report.artifact().image();
        return report.upToDate()
                ? image + " is up to date"
                : String.format(
                        Locale.ROOT,
                        "%s: %.1f MB, built in %d s",
                        image,
                        report.imageBytes() / 1e6,
                        report.elapsed().toSeconds());
    }

    private static Path path(File file) {
        return file == null ? null : file.toPath();
    }
}
