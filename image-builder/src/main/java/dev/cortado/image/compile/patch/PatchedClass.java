package dev.cortado.image.compile.patch;

import java.io.IOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class on its way from the JDK or the compiler into the JVM that compiles. */
final class PatchedClass extends ClassVisitor {
    private final Patch patch;
    private int changes;

    private PatchedClass(Patch patch, ClassWriter writer) {
        super(Opcodes.ASM9, patch.members().apply(writer));
        this.patch = patch;
    }

    /**
     * The changed class.
     *
     * @throws IOException if there was nothing to change: this is not what the patch is made for
     */
    static byte[] of(Patch patch, byte[] original) throws IOException {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        PatchedClass patched = new PatchedClass(patch, writer);
        reader.accept(patched, 0);
        if (patched.changes == 0) {
            throw new IOException(
                    "%s of %s is not the class that was expected: use the JDK that Cortado names"
                            .formatted(patch.type(), patch.module()));
        }
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String types, String generic, String[] thrown) {
        CodeChange change = patch.change();
        int changed = change.replaces(name) ? access & ~Opcodes.ACC_NATIVE : access;
        MethodVisitor code = super.visitMethod(changed, name, types, generic, thrown);
        return change.apply(name, code, () -> changes++);
    }
}
