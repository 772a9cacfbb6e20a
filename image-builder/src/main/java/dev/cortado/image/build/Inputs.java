package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.compile.Jdk;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All that decides what an image looks like. */
final class Inputs {
    private Inputs() {}

    /** A hash that changes when, and only when, the image of this target may. */
    static String hash(String common, Target target) {
        return new InputHash().add(common).add(target.word()).hex();
    }

    /** A hash over what the images of all targets are made from. */
    static String common(BuildRequest request, ClassPath classPath, Toolchain toolchain, Jdk jdk)
            throws IOException {
        InputHash hash = new InputHash();
        hash.add(Version.cortado()).add(jdk.version()).add(jdk.vendor());
        hash.add(request.mainClass()).add(request.name()).add(request.optimization().name());
        hash.addAll(
                request.defines().entrySet().stream()
                        .flatMap(define -> Stream.of(define.getKey(), define.getValue()))
                        .toList());
        hash.addAll(request.compilerArguments());
        hash.add(Boolean.toString(request.ignoreNativeCode()));
        hash.addPaths(classPath.paths());
        hash.addPaths(toolchain.guest()).addPaths(toolchain.compiler());
        hash.addPaths(List.of(toolchain.overlay(), ownCode()));
        return hash.hex();
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
