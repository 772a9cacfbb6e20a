package dev.cortado.image.compile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Changes the code of a class's methods, and tells whether there was anything to change. */
final class ClassChange {
    private ClassChange() {}

    /**
     * Changes the code of a method: writes to {@code code}, and says when it has done something.
     */
    interface MethodChange {
        MethodVisitor apply(String method, MethodVisitor code, Runnable changed);
    }

    /** A class of the JDK in {@code javaHome}. {@code type} is its internal name. */
    static byte[] ofJdk(Path javaHome, String module, String type) throws IOException {
        Map<String, String> home = Map.of("java.home", javaHome.toString());
        try (FileSystem jrt = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
            return Files.readAllBytes(jrt.getPath("modules", module, type + ".class"));
        }
    }

    /** A class that an earlier change has written into {@code directory}. */
    static byte[] ofDirectory(Path directory, String type) throws IOException {
        return Files.readAllBytes(directory.resolve(type + ".class"));
    }

    /**
     * A class of the compiler, from the jar that has the class {@code sibling}; empty if none has.
     */
    static byte[] ofJars(List<Path> jars, String sibling, String type) throws IOException {
        for (Path jar : jars) {
            try (ZipFile file = new ZipFile(jar.toFile())) {
                if (file.getEntry(sibling + ".class") != null) {
                    return read(file, type);
                }
            }
        }
        return new byte[0];
    }

    private static byte[] read(ZipFile jar, String type) throws IOException {
        ZipEntry entry = jar.getEntry(type + ".class");
        if (entry == null) {
            throw new IOException("%s has no class %s".formatted(jar.getName(), type));
        }
        return jar.getInputStream(entry).readAllBytes();
    }

    /** Writes a class into {@code directory}, to be patched into its module. */
    static void write(Path directory, String type, byte[] contents) throws IOException {
        Path file = directory.resolve(type + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, contents);
    }

    /**
     * @throws IOException if nothing was changed: this is not the class that the change is for
     */
    static byte[] apply(byte[] original, MethodChange change) throws IOException {
        return apply(original, UnaryOperator.identity(), change);
    }

    /**
     * @param extension what else to do to the class; gets the visitor that writes it
     * @throws IOException if nothing was changed: this is not the class that the change is for
     */
    static byte[] apply(byte[] original, UnaryOperator<ClassVisitor> extension, MethodChange change)
            throws IOException {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        int[] changes = {0};
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, extension.apply(writer)) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String types,
                            String generic,
                            String[] thrown) {
                        MethodVisitor code =
                                super.visitMethod(access, name, types, generic, thrown);
                        return change.apply(name, code, () -> changes[0]++);
                    }
                },
                0);
        if (changes[0] == 0) {
            throw new IOException(
                    "%s is not the class that was expected: use the JDK that Cortado names"
                            .formatted(reader.getClassName()));
        }
        return writer.toByteArray();
    }
}
