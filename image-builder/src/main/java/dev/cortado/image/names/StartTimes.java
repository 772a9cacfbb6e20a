package dev.cortado.image.names;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds static fields that are set to {@link System#nanoTime} when their class is initialised. If
 * that is in the builder, which is another machine, whoever counts from it counts from a time that
 * has not come yet: Netty's timers, for one, all expire at once.
 */
final class StartTimes extends MethodVisitor {
    static final String OWNER = "java/lang/System";
    static final String NAME = "nanoTime";

    private final String className;
    private final Set<String> fields;

    /** Whether the time is what the last instruction has left on the stack. */
    private boolean isTime;

    private StartTimes(String className, Set<String> fields) {
        super(Opcodes.ASM9);
        this.className = className;
        this.fields = fields;
    }

    /** Adds class and field, with a colon between them. */
    static void in(byte[] classFile, Set<String> fields) {
        ClassReader reader = new ClassReader(classFile);
        ClassVisitor initializer =
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        return name.equals("<clinit>")
                                ? new StartTimes(reader.getClassName(), fields)
                                : null;
                    }
                };
        reader.accept(initializer, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
        isTime = owner.equals(OWNER) && name.equals(NAME);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean isOwn = opcode == Opcodes.PUTSTATIC && owner.equals(className);
        if (isTime && isOwn && descriptor.equals("J")) {
            fields.add(className.replace('/', '.') + ":" + name);
        }
        isTime = false;
    }

    @Override
    public void visitInsn(int opcode) {
        isTime = false;
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        isTime = false;
    }

    @Override
    public void visitLdcInsn(Object value) {
        isTime = false;
    }
}
