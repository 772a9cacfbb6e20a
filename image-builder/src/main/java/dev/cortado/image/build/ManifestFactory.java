package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.compile.Jdk;
import dev.cortado.image.files.ListedDirectory;
import dev.cortado.image.image.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what an image says of itself. */
final class ManifestFactory {
    /** Written by the guest's features while the compiler runs. */
    private static final String DRIVERS = "drivers.json";

    private static final String NATIVES = "natives.json";
    private static final String FILES = "files.json";

    private static final List<Manifest.Licence> LICENCES =
            List.of(
                    new Manifest.Licence("Cortado", "Apache-2.0"),
                    new Manifest.Licence(
                            "GraalVM Community Edition",
                            "GPL-2.0-only WITH Classpath-exception-2.0"),
                    new Manifest.Licence(
                            "OpenJDK class library", "GPL-2.0-only WITH Classpath-exception-2.0"));

    private ManifestFactory() {}

    /**
     * @param reports the directory with the reports of the compiler step
     */
    static Manifest create(
            BuildRequest request,
            Program program,
            Target target,
            Toolchain toolchain,
            Jdk jdk,
            Path reports)
            throws IOException {
        return new Manifest(
                Version.cortado(),
                jdk.version(),
                Version.graalvm(),
                request.mainClass(),
                List.of(target.word()),
                target.bootProtocols(),
                drivers(reports.resolve(DRIVERS)),
                natives(reports),
                files(program.files(), reports.resolve(FILES)),
                options(request),
                jars(program.named(), toolchain),
                LICENCES);
    }

    private static List<Manifest.Driver> drivers(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Manifest.Driver> drivers =
                new JsonMapper().readValue(file.toFile(), new TypeReference<>() {});
        return drivers.stream().sorted(Comparator.comparing(Manifest.Driver::name)).toList();
    }

    /** Native methods that can be reached and nobody has replaced, in the order of their names. */
    static List<Manifest.Native> natives(Path reports) throws IOException {
        Path file = reports.resolve(NATIVES);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Manifest.Native> natives =
                new JsonMapper().readValue(file.toFile(), new TypeReference<>() {});
        return natives.stream().sorted(Comparator.comparing(Manifest.Native::method)).toList();
    }

    /** Those that were asked for, and what the guest's features have put beside them. */
    private static List<Manifest.Directory> files(List<ListedDirectory> wanted, Path file)
            throws IOException {
        List<Manifest.Directory> all = new ArrayList<>();
        for (ListedDirectory each : wanted) {
            all.add(
                    new Manifest.Directory(
                            each.place(), each.files(), each.directories(), each.bytes()));
        }
        if (Files.exists(file)) {
            List<Manifest.Directory> more =
                    new JsonMapper().readValue(file.toFile(), new TypeReference<>() {});
            all.addAll(more);
        }
        return all;
    }

    private static List<String> options(BuildRequest request) {
        List<String> options = new ArrayList<>();
        options.add("--optimize=" + request.optimization());
        request.defines().forEach((key, value) -> options.add("--define=" + key + "=" + value));
        // A manifest is shown to many: values may be secrets.
        request.environment().values().keySet().forEach(name -> options.add("--env=" + name));
        request.compilerArguments().forEach(each -> options.add("--compiler-argument=" + each));
        if (request.ignoreNativeCode()) {
            options.add("--ignore-native-code");
        }
        if (!request.libraryMetadata()) {
            options.add("--no-library-metadata");
        }
        return options;
    }

    private static List<Manifest.Jar> jars(ClassPath program, Toolchain toolchain)
            throws IOException {
        List<Path> paths = new ArrayList<>(program.paths());
        paths.addAll(toolchain.guest());
        List<Manifest.Jar> jars = new ArrayList<>();
        for (Path path : paths) {
            jars.add(new Manifest.Jar(InputHash.name(path), InputHash.of(path)));
        }
        return jars;
    }
}
