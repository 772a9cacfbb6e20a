package dev.cortado.image.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options of the {@code native-image} command that cannot do in a guest what they are for, or that
 * are Cortado's to decide, and what to do instead. Each also stands for the words that begin with
 * it and a separator.
 */
final class RefusedOptions {
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        refuse(
                "an image is a whole machine's program, and nobody can load a library into it:"
                        + " build the program that uses the library",
                "--shared");
        refuse(
                "an image has no C library, and everything in it is linked already: leave it out",
                "--static",
                "--static-nolibc",
                "--libc");
        refuse(
                "no C compiler takes part in a build: leave it out",
                "--native-compiler-path",
                "--native-compiler-options");
        refuse(
                "profiles belong to Oracle GraalVM, and this compiler is the Community Edition's:"
                        + " -O3 is the most that it does",
                "--pgo",
                "--pgo-instrument",
                "--pgo-sampling");
        refuse(
                "reports of this kind belong to Oracle GraalVM: \"cortado inspect\" shows what an"
                        + " image consists of",
                "--emit",
                "--enable-sbom");
        refuse(
                "an agent changes classes when they are loaded, and those of an image are compiled"
                        + " before: leave it out",
                "-agentlib",
                "-agentpath",
                "-javaagent",
                "--debug-attach");
        refuse("the kernel's heap is made for the serial collector: leave it out", "--gc");
        refuse("an image without a JDK cannot fall back on one: leave it out", "--force-fallback");
        refuse("Cortado has its own option for the target: leave it out", "--target");
        refuse("Cortado has its own option for the output file: leave it out", "-o");
        refuse(
                "Cortado has its own option for the class path: leave it out",
                "-cp",
                "-classpath",
                "--class-path",
                "-jar");
        refuse(
                "Cortado runs programs from the class path: put the modules' jars there",
                "-p",
                "--module-path",
                "-m",
                "--module");
        refuse(
                "an image has no modules but those whose classes the program reaches: leave it out",
                "--limit-modules");
        refuse("the build's environment is not the program's: use a system property (-D)", "-E");
        refuse(
                "this sets up a JVM, and in a guest there is none: -R:MaxHeapSize=64m is a heap's"
                        + " size, -J-Xmx4g that of the compiler",
                "-X",
                "-XX");
        refuse(
                "it only shows something, and builds nothing: leave it out",
                "--help",
                "--help-extra",
                "--expert-options",
                "--expert-options-all",
                "--expert-options-detail",
                "--version",
                "--list-cpu-features",
                "--list-modules",
                "--native-image-info",
                "--dry-run",
                "-march=list");
        refuse(
                "what it is for is not part of this compiler: leave it out",
                "--macro",
                "--language",
                "--tool",
                "--bundle-create",
                "--bundle-apply",
                "--exclude-config",
                "--diagnostics-mode");
    }

    /** Those whose value follows without a separator, as in {@code -Xmx1g}. */
    private static final Set<String> GLUED = Set.of("-X", "-E");

    private RefusedOptions() {}

    private static void refuse(String reason, String... names) {
        for (String name : names) {
            REASONS.put(name, reason);
        }
    }

    /** Why this word is refused, and what to do; empty if it is not. */
    static Optional<String> reason(String word) {
        return REASONS.entrySet().stream()
                .filter(refused -> isFor(refused.getKey(), word))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isFor(String name, String word) {
        if (!word.startsWith(name)) {
            return false;
        }
        return word.length() == name.length()
                || "=:".indexOf(word.charAt(name.length())) >= 0
                || GLUED.contains(name);
    }
}
