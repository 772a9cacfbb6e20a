package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.compile.Optimization;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.files.WantedDirectory;
import dev.cortado.image.signature.SecureBootKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which image to build from what.
 *
 * @param classPath the program's jars and directories, as for the {@code java} command
 * @param mainClass name of the class whose {@code main} the image runs, with dots or slashes
 * @param artifacts the image files to write, at least one, all in one directory; their {@code
 *     .debug} and {@code .sizes.json} files go beside them, and for Xen a {@code .cfg}
 * @param name the image's name, as the manifest shows it
 * @param optimization what the compiler should strive for
 * @param defines system properties that are set while the compiler initializes classes
 * @param environment variables that the program has unless somebody says otherwise at boot
 * @param compilerArguments options for the compiler, as for the {@code native-image} command
 * @param jdk the JDK to compile with; none to look for one
 * @param ignoreNativeCode whether native libraries and methods on the class path are only warned of
 * @param libraryMetadata whether what GraalVM's repository knows of libraries counts
 * @param secureBootKey signs what UEFI starts of a disk, if it is to be signed
 * @param files directories that become part of the image
 * @param formats what to make of artifacts, beside them
 * @param threads how many the compiler works with; with one, two builds of the same inputs give the
 *     same bytes
 */
public record BuildRequest(
        List<Path> classPath,
        String mainClass,
        List<Artifact> artifacts,
        String name,
        Optimization optimization,
        Map<String, String> defines,
        EnvironmentVariables environment,
        List<String> compilerArguments,
        Optional<Path> jdk,
        boolean ignoreNativeCode,
        boolean libraryMetadata,
        Optional<SecureBootKey> secureBootKey,
        List<WantedDirectory> files,
        List<WantedFormat> formats,
        int threads) {

    public BuildRequest {
        classPath = List.copyOf(classPath);
        mainClass = mainClass.replace('/', '.');
        artifacts = List.copyOf(artifacts);
        defines = new TreeMap<>(defines);
        compilerArguments = List.copyOf(compilerArguments);
        files = List.copyOf(files);
        formats = formats.stream().distinct().toList();
    }

    /** A request with the usual settings, to be changed: for QEMU, named after its file. */
    public static Builder of(List<Path> classPath, String mainClass, Path output) {
        return new Builder(classPath, mainClass, output);
    }

    /** Sets what is not as usual. */
    public static final class Builder {
        private final List<Path> classPath;
        private final String mainClass;
        private List<Artifact> artifacts;
        private String name;
        private Optimization optimization = Optimization.SIZE;
        private Map<String, String> defines = Map.of();
        private EnvironmentVariables environment = EnvironmentVariables.NONE;
        private List<String> compilerArguments = List.of();
        private Optional<Path> jdk = Optional.empty();
        private boolean ignoreNativeCode;
        private boolean libraryMetadata = true;
        private Optional<SecureBootKey> secureBootKey = Optional.empty();
        private List<WantedDirectory> files = List.of();
        private List<WantedFormat> formats = List.of();
        private int threads = 1;

        private Builder(List<Path> classPath, String mainClass, Path output) {
            this.classPath = classPath;
            this.mainClass = mainClass;
            this.artifacts = List.of(new Artifact(Target.QEMU, output));
            this.name = output.getFileName().toString();
        }

        public Builder artifacts(List<Artifact> files) {
            artifacts = files;
            return this;
        }

        public Builder name(String imageName) {
            name = imageName;
            return this;
        }

        public Builder optimization(Optimization goal) {
            optimization = goal;
            return this;
        }

        public Builder defines(Map<String, String> properties) {
            defines = properties;
            return this;
        }

        public Builder environment(EnvironmentVariables variables) {
            environment = variables;
            return this;
        }

        public Builder compilerArguments(List<String> arguments) {
            compilerArguments = arguments;
            return this;
        }

        public Builder jdk(Path home) {
            jdk = Optional.of(home);
            return this;
        }

        public Builder ignoreNativeCode(boolean ignore) {
            ignoreNativeCode = ignore;
            return this;
        }

        public Builder libraryMetadata(boolean use) {
            libraryMetadata = use;
            return this;
        }

        public Builder secureBootKey(SecureBootKey key) {
            secureBootKey = Optional.of(key);
            return this;
        }

        public Builder files(List<WantedDirectory> directories) {
            files = directories;
            return this;
        }

        public Builder formats(List<WantedFormat> wanted) {
            formats = wanted;
            return this;
        }

        public Builder threads(int number) {
            threads = number;
            return this;
        }

        public BuildRequest build() {
            return new BuildRequest(
                    classPath,
                    mainClass,
                    artifacts,
                    name,
                    optimization,
                    defines,
                    environment,
                    compilerArguments,
                    jdk,
                    ignoreNativeCode,
                    libraryMetadata,
                    secureBootKey,
                    files,
                    formats,
                    threads);
        }
    }
}
