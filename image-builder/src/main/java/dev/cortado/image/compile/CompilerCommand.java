package dev.cortado.image.compile;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.compile.patch.PatchedModules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the files the compiler reads, and composes the command that starts it. */
final class CompilerCommand {
    private static final String BUILDER = "org.graalvm.nativeimage.builder";
    private static final String MAIN =
            BUILDER + "/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    private static final String ADD_MODULES = "--add-modules=";

    /** A usual buffer is smaller. */
    private static final int LEAST_BULK_BYTES = 16384;

    /** How the native-image command tells the builder which modules the program asked for. */
    private static final String ADDED_MODULES = "-Dsvm.modulesupport.addedModules=";

    private final CompileRequest request;
    private final Path directory;

    CompilerCommand(CompileRequest request) {
        this.request = request;
        this.directory = request.workDirectory().toAbsolutePath();
    }

    Path temporary() {
        return directory.resolve("temporary");
    }

    Path reports() {
        return directory.resolve("reports");
    }

    /** Prepares the work directory; the command is to be run in it. */
    List<String> prepare() throws IOException {
        Path types = Files.createDirectory(directory.resolve("c-types"));
        Path output = Files.createDirectory(directory.resolve("output"));
        Files.createDirectory(temporary());
        Files.createDirectory(reports());
        CTypeFacts.writeTo(types);
        // Both lists outgrow what some operating systems take on a command line.
        Path jvm = directory.resolve("jvm-arguments");
        Files.writeString(jvm, argumentFile(jvmArguments()));
        Path builder = directory.resolve("builder-arguments");
        Files.writeString(builder, String.join("\0", builderArguments(types, output)));
        return List.of(
                request.jdk().java().toString(),
                "@" + jvm,
                "-m",
                MAIN,
                "--image-args-file=" + builder);
    }

    private List<String> jvmArguments() throws IOException {
        ModuleAccess modules = new ModuleAccess(request.compilerJars());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:+EnableJVMCI",
                                "-XX:-UseJVMCICompiler",
                                "-XX:+UseParallelGC",
                                "-Xmx" + (request.heapBytes() >> 20) + "m",
                                "-XX:+ExitOnOutOfMemoryError",
                                // What a library finds out while the image is built has to hold
                                // in the guest, where sun.misc.Unsafe is there without a word.
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.system.class.loader="
                                        + "com.oracle.svm.hosted.NativeImageSystemClassLoader",
                                "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                                "-Djdk.internal.lambda.disableEagerInitialization=true",
                                "-Djdk.reflect.useDirectMethodHandle=false",
                                // A handle that chooses between two others, as a record's equals
                                // does, holds them inside wrappers that are not inlined before
                                // they have run often enough: without, they are compiled.
                                "-Djava.lang.invoke.MethodHandle.PROFILE_GWT=false",
                                "-Djava.lang.invoke.MethodHandle.DONT_INLINE_THRESHOLD=-1",
                                "-Dsvm.platform=" + request.platform(),
                                "-D" + Target.PROPERTY + "=" + request.target().word(),
                                "-Dcortado.report.directory=" + reports(),
                                // One thread means the main thread, so that all work is done in
                                // the same order.
                                "-Djava.util.concurrent.ForkJoinPool.common.parallelism="
                                        + (request.threads() - 1),
                                // See StableIdentity.
                                "-XX:hashCode=2",
                                // The garbage collector must not take what is then made anew.
                                "-XX:SoftRefLRUPolicyMSPerMB=" + Integer.MAX_VALUE,
                                // What the image contains must not depend on who builds it where.
                                "-Duser.dir=" + directory.getRoot(),
                                "-Duser.language=en",
                                "-Duser.country=US",
                                "-Duser.timezone=UTC",
                                "-Dfile.encoding=UTF-8",
                                "-Dstdout.encoding=UTF-8",
                                "-Dstderr.encoding=UTF-8",
                                "-Dcortado.started.class=" + request.mainClass()));
        arguments.addAll(modules.options(request.jdk().home()));
        patches(modules)
                .forEach((module, patch) ->
                        arguments.addAll(List.of("--patch-module", module + "=" + join(patch))));
        arguments.addAll(request.jvmArguments());
        String addedModules = addedModules();
        if (!addedModules.isEmpty()) {
            arguments.add(ADDED_MODULES + addedModules);
        }
        arguments.addAll(
                List.of(
                        "--upgrade-module-path",
                        modules.upgrade().toString(),
                        "--module-path",
                        join(modules.modulePath()),
                        // A JVM that starts a module resolves only what that one requires.
                        "--add-modules",
                        "ALL-DEFAULT,jdk.internal.vm.ci," + ModuleAccess.COMPILER_MODULE));
        return arguments;
    }

    /** Of the program, whose module graph the image gets. */
    private String addedModules() {
        return request.jvmArguments().stream()
                .filter(argument -> argument.startsWith(ADD_MODULES))
                .map(argument -> argument.substring(ADD_MODULES.length()))
                .collect(Collectors.joining(","));
    }

    /** What is put before the classes of each module. */
    private Map<String, List<Path>> patches(ModuleAccess modules) throws IOException {
        Map<String, List<Path>> patches = new TreeMap<>();
        new PatchedModules(directory.resolve("patches"), request.jdk().home(), modules.jars())
                .write()
                .forEach((module, patch) -> patches.put(module, new ArrayList<>(List.of(patch))));
        patches.computeIfAbsent(BUILDER, module -> new ArrayList<>()).add(request.overlay());
        return patches;
    }

    private List<String> builderArguments(Path types, Path output) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-imagecp",
                                join(request.classPath()),
                                "-H:Path=" + output,
                                "-H:Class=" + request.mainClass(),
                                "-H:Name=" + request.imageName(),
                                "-H:+UnlockExperimentalVMOptions",
                                "-H:ImageBuildID=" + request.imageId(),
                                "-H:MicroArchitecture=compatibility",
                                "-H:Optimize=" + request.optimization().level(),
                                "-H:NumberOfThreads=" + request.threads(),
                                // Above that an array is zeroed by "rep stosb", which takes
                                // an emulated CPU a turn for each byte.
                                "-H:MinimalBulkZeroingSize=" + LEAST_BULK_BYTES,
                                // Its thread would be another; what hangs can be interrupted.
                                "-H:DeadlockWatchdogInterval=0",
                                // Those of the kernel, which cannot be left out later.
                                "-R:+EnableSignalHandling",
                                // For gdb. It goes into a file beside the image, which must
                                // not depend on where it was made either.
                                "-H:GenerateDebugInfo=1",
                                "-H:DebugInfoSourceCacheRoot=/sources",
                                "-H:+ExitAfterRelocatableImageWrite",
                                // Print a step when it begins, not when it is over.
                                "-H:+BuildOutputProgress",
                                "-H:TempDirectory=" + temporary(),
                                "-H:+UseCAPCache",
                                "-H:CAPCacheDir=" + types));
        arguments.addAll(request.arguments());
        return arguments;
    }

    private static String join(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The java command's argument file format: one quoted argument a line. */
    private static String argumentFile(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.replace("\\", "\\\\").replace("\"", "\\\""))
                .map(argument -> "\"" + argument + "\"\n")
                .collect(Collectors.joining());
    }
}
