package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.compile.Jdk;
import dev.cortado.image.files.ListedDirectory;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.signature.SecureBootKey;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that decides what an image looks like. */
final class Inputs {
    /** What the compiler reads of the JDK; a directory stands for all that is in it. */
    private static final List<String> JDK =
            List.of("release", "lib/modules", "lib/tzdb.dat", "lib/security", "conf");

    /**
     * An option that names files or directories; a property's value may look like one by chance.
     */
    private static final Pattern NAMES_PATHS =
            Pattern.compile("@.*|-(?!D)[^=]*(File|Director|Path|path|module)[^=]*=.*");

    /** What stands between an option's name and the paths that it names. */
    private static final Pattern SEPARATORS = Pattern.compile("[=,@" + File.pathSeparator + "]");

    private Inputs() {}

    /** A hash that changes when, and only when, the image of this target may. */
    static String hash(String common, Target target) {
        return new InputHash().add(common).add(target.word()).hex();
    }

    /** The same for an image that is signed; without a key, the hash as it is. */
    static String signed(String hash, Optional<SecureBootKey> key) {
        return key.map(each -> new InputHash().add(hash).add(each.fingerprint()).hex())
                .orElse(hash);
    }

    /** A hash that changes when the file of a format may that is made of an image. */
    static String hash(Path image, OutputFormat format) throws IOException {
        InputHash hash = new InputHash().add(Version.cortado()).add(format.word());
        return hash.add(InputHash.of(image))
                .add(image.toString())
                .addPaths(List.of(ownCode()))
                .hex();
    }

    /** A hash over what the images of all targets are made from. */
    static String common(
            BuildRequest request,
            ClassPath classPath,
            List<ListedDirectory> files,
            Toolchain toolchain,
            Jdk jdk)
            throws IOException {
        InputHash hash = new InputHash();
        hash.add(Version.cortado()).add(jdk.version()).add(jdk.vendor());
        hash.addFiles(jdk.home(), JDK);
        hash.add(request.mainClass()).add(request.name()).add(request.optimization().name());
        hash.addAll(
                request.defines().entrySet().stream()
                        .flatMap(define -> Stream.of(define.getKey(), define.getValue()))
                        .toList());
        hash.add(request.environment().encoded());
        hash.addAll(request.compilerArguments());
        hash.addPaths(named(request.compilerArguments()));
        hash.add(Boolean.toString(request.threads() == 1));
        hash.add(Boolean.toString(request.ignoreNativeCode()));
        hash.add(Boolean.toString(request.libraryMetadata()));
        hash.addPaths(classPath.paths());
        hash.addAll(files.stream().map(ListedDirectory::text).toList());
        hash.addPaths(toolchain.guest()).addPaths(toolchain.compiler());
        hash.addPaths(List.of(toolchain.overlay(), ownCode()));
        return hash.hex();
    }

    /** The files and directories that options name: configuration, for instance. */
    private static List<Path> named(List<String> options) {
        return options.stream()
                .filter(option -> NAMES_PATHS.matcher(option).matches())
                .flatMap(SEPARATORS::splitAsStream)
                .filter(word -> !word.isBlank())
                .flatMap(Inputs::path)
                .toList();
    }

    private static Stream<Path> path(String word) {
        try {
            return Stream.of(Path.of(word)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** The jar with the linker and the rest of this module: it decides as well. */
    private static Path ownCode() throws IOException {
        try {
            return Path.of(
                    Inputs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
