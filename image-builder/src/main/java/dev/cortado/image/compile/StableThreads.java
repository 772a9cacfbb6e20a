package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets the builder do all its work in its main thread, and start it from a defined state: see
 * {@code StableStart} and {@code IdleExecutor} among the classes that replace the builder's.
 */
final class StableThreads {
    private static final String HOSTED = "com/oracle/svm/hosted/";
    private static final String RUNNER = HOSTED + "NativeImageGeneratorRunner";
    private static final String START = HOSTED + "StableStart";
    private static final String IDLE = HOSTED + "IdleExecutor";

    /** They print something from a thread of their own, once in a while. */
    private static final List<String> REPORTERS =
            List.of(
                    HOSTED + "ProgressReporter",
                    HOSTED + "ResourcesFeature$ResourceCollectorImpl",
                    HOSTED + "NativeImageClassLoaderSupport$LoadClassHandler");

    private StableThreads() {}

    /** Writes the changed classes into {@code directory}, to be patched into the builder. */
    static void writeTo(Path directory, List<Path> compilerJars) throws IOException {
        for (Path jar : compilerJars) {
            try (ZipFile file = new ZipFile(jar.toFile())) {
                if (file.getEntry(RUNNER + ".class") != null) {
                    writeTo(directory, file);
                }
            }
        }
    }

    private static void writeTo(Path directory, ZipFile builder) throws IOException {
        ClassChange.write(
                directory,
                RUNNER,
                ClassChange.apply(read(builder, RUNNER), StableThreads::startPrepared));
        for (String type : REPORTERS) {
            ClassChange.write(
                    directory,
                    type,
                    ClassChange.apply(read(builder, type), StableThreads::withoutThread));
        }
    }

    private static byte[] read(ZipFile jar, String type) throws IOException {
        ZipEntry entry = jar.getEntry(type + ".class");
        if (entry == null) {
            throw new IOException("%s has no class %s".formatted(jar.getName(), type));
        }
        return jar.getInputStream(entry).readAllBytes();
    }

    private static MethodVisitor startPrepared(
            String method, MethodVisitor code, Runnable changed) {
        if (!method.equals("main")) {
            return code;
        }
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitCode() {
                super.visitCode();
                changed.run();
                super.visitMethodInsn(Opcodes.INVOKESTATIC, START, "prepare", "()V", false);
            }
        };
    }

    private static MethodVisitor withoutThread(
            String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (name.equals("newSingleThreadScheduledExecutor")) {
                    changed.run();
                    super.visitMethodInsn(opcode, IDLE, "create", types, false);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }
}
