package dev.cortado.image.compile;

import dev.cortado.boot.layout.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the files the compiler reads, and composes the command that starts it. */
final class CompilerCommand {
    private static final String MAIN =
            "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    private static final String ADD_MODULES = "--add-modules=";

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

    private Path base() {
        return directory.resolve("stable-order");
    }

    private Path calls() {
        return directory.resolve("stable-hash-calls");
    }

    private Path threads() {
        return directory.resolve("stable-threads");
    }

    private Path hashing() {
        return directory.resolve("stable-hashing");
    }

    /** Prepares the work directory; the command is to be run in it. */
    List<String> prepare() throws IOException {
        Path types = Files.createDirectory(directory.resolve("c-types"));
        Path output = Files.createDirectory(directory.resolve("output"));
        Files.createDirectory(temporary());
        Files.createDirectory(reports());
        CTypeFacts.writeTo(types);
        StableHashing.writeTo(hashing(), request.jdk().home());
        StableOrder.writeCompilerInterface(hashing(), request.jdk().home());
        StableOrder.writeBase(base(), request.jdk().home());
        StableTypes.writeTo(hashing(), request.jdk().home());
        StableIteration.writeTo(base(), request.jdk().home());
        StableIdentities.writeTo(base(), request.jdk().home());
        StableHashCalls.writeBase(base(), request.jdk().home());
        StableReferences.writeTo(base(), request.jdk().home());
        StableThreads.writeTo(threads(), request.compilerJars());
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
                                "-XX:MaxRAMPercentage=75",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Djava.system.class.loader="
                                        + "com.oracle.svm.hosted.NativeImageSystemClassLoader",
                                "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                                "-Djdk.internal.lambda.disableEagerInitialization=true",
                                "-Djdk.reflect.useDirectMethodHandle=false",
                                "-Dsvm.platform=" + request.platform(),
                                "-D" + Target.PROPERTY + "=" + request.target().word(),
                                "-Dcortado.report.directory=" + reports(),
                                // All work in the main thread, in the same order. It takes no
                                // longer: JIT and GC use other threads.
                                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0",
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
                                "-Dstderr.encoding=UTF-8"));
        arguments.addAll(modules.options(request.jdk().home()));
        StableHashCalls.writeModules(calls(), request.compilerJars())
                .forEach((module, patch) ->
                        arguments.addAll(List.of("--patch-module", module + "=" + patch)));
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
                        "--patch-module",
                        "org.graalvm.nativeimage.builder="
                                + join(List.of(threads(), request.overlay())),
                        "--patch-module",
                        StableHashing.MODULE + "=" + hashing(),
                        "--patch-module",
                        "java.base=" + base(),
                        "--add-modules",
                        "jdk.internal.vm.ci," + ModuleAccess.COMPILER_MODULE));
        return arguments;
    }

    /** Of the program, whose module graph the image gets. */
    private String addedModules() {
        return request.jvmArguments().stream()
                .filter(argument -> argument.startsWith(ADD_MODULES))
                .map(argument -> argument.substring(ADD_MODULES.length()))
                .collect(Collectors.joining(","));
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
                                "-H:NumberOfThreads=1",
                                // Its thread would be another; what hangs can be interrupted.
                                "-H:DeadlockWatchdogInterval=0",
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
