package dev.cortado.image.names;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds static fields that are set to {@link System#nanoTime} when their class is initialised. If
 * that is in the builder, which is another machine, whoever counts from it counts from a time that
 * has not come yet: Netty's timers, for one, all expire at once. A field that may be set to
 * something else there is none of them.
 */
final class StartTimes extends MethodVisitor {
    static final String OWNER = "java/lang/System";
    static final String NAME = "nanoTime";

    /** What there is on top of the stack. A start time will be 0, and may be that before. */
    private enum Value {
        TIME,
        ZERO,
        OTHER
    }

    private final String className;
    private final Set<String> fields;
    private final Set<String> setToTimes = new HashSet<>();
    private final Set<String> setToOthers = new HashSet<>();

    private Value top = Value.OTHER;

    /** How often it lies on top of the stack, one above the other. */
    private int copies;

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

    private void push(Value value) {
        top = value;
        copies = 1;
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
        push(owner.equals(OWNER) && name.equals(NAME) ? Value.TIME : Value.OTHER);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (opcode != Opcodes.PUTSTATIC || !descriptor.equals(Type.LONG_TYPE.getDescriptor())) {
            push(Value.OTHER);
            return;
        }
        if (owner.equals(className) && top != Value.ZERO) {
            (top == Value.TIME ? setToTimes : setToOthers).add(name);
        }
        if (--copies == 0) {
            push(Value.OTHER);
        }
    }

    /** Of a value that two fields are set to, the first one takes a copy. */
    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.DUP2) {
            copies++;
        } else {
            push(opcode == Opcodes.LCONST_0 ? Value.ZERO : Value.OTHER);
        }
    }

    /** Who jumps here has left something else on the stack. */
    @Override
    public void visitLabel(Label label) {
        push(Value.OTHER);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        push(Value.OTHER);
    }

    @Override
    public void visitLdcInsn(Object value) {
        push(Value.OTHER);
    }

    @Override
    public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle bootstrap, Object... arguments) {
        push(Value.OTHER);
    }

    @Override
    public void visitEnd() {
        setToTimes.removeAll(setToOthers);
        for (String name : setToTimes) {
            fields.add(className.replace('/', '.') + ":" + name);
        }
    }
}
