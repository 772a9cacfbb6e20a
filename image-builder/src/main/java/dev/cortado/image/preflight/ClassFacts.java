package dev.cortado.image.preflight;

import dev.cortado.image.launch.ClassOutline;
import dev.cortado.image.launch.OutlineReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What preflight wants to know of one class. */
final class ClassFacts extends ClassVisitor {
    private static final int CONSTANT_CLASS = 7;
    private static final int CONSTANT_NAME_AND_TYPE = 12;
    private static final String PROCESS_BUILDER = "java/lang/ProcessBuilder";
    private static final String RUNTIME = "java/lang/Runtime";

    /** Of class loaders, which call them as their own, and of {@code MethodHandles.Lookup}. */
    private static final Set<String> DEFINING =
            Set.of("defineClass", "defineHiddenClass", "defineHiddenClassWithClassData");

    private final List<MethodName> nativeMethods = new ArrayList<>();
    private final List<String> processes = new ArrayList<>();
    private final List<String> windows = new ArrayList<>();
    private final List<String> madeClasses = new ArrayList<>();
    private final OutlineReader outline;
    private String name;
    private String source = "Unknown Source";

    private ClassFacts(OutlineReader outline) {
        super(Opcodes.ASM9, outline);
        this.outline = outline;
    }

    /**
     * @throws RuntimeException if it is not a well-formed class file
     */
    static ClassFacts of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassFacts facts = new ClassFacts(new OutlineReader());
        // Most classes name nothing of interest, and then their code need not be read.
        int options = namesSomethingOfInterest(reader) ? 0 : ClassReader.SKIP_CODE;
        reader.accept(facts, options | ClassReader.SKIP_FRAMES);
        return facts;
    }

    String name() {
        return name.replace('/', '.');
    }

    /** Where a class loader looks for it, in a jar or a directory. */
    String file() {
        return name + ".class";
    }

    /** What a launcher looks at. */
    ClassOutline outline() {
        return outline.outline();
    }

    List<MethodName> nativeMethods() {
        return nativeMethods;
    }

    /** Where processes are started. */
    List<String> processes() {
        return processes;
    }

    /** Where AWT and Swing are used. */
    List<String> windows() {
        return windows;
    }

    /** Where classes are made of bytes. */
    List<String> madeClasses() {
        return madeClasses;
    }

    /** The place as a stack trace shows it; line 0 stands for none. */
    String place(String method, int line) {
        return "%s.%s(%s)".formatted(name(), method, line == 0 ? source : source + ":" + line);
    }

    @Override
    public void visit(
            int version,
            int access,
            String className,
            String signature,
            String superClass,
            String[] interfaces) {
        name = className;
        super.visit(version, access, className, signature, superClass, interfaces);
    }

    @Override
    public void visitSource(String file, String debug) {
        if (file != null) {
            source = file;
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        if ((access & Opcodes.ACC_NATIVE) != 0) {
            nativeMethods.add(new MethodName(name, method));
        }
        super.visitMethod(access, method, descriptor, signature, exceptions);
        return new Code(method);
    }

    private static boolean namesSomethingOfInterest(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            int kind = offset > 0 ? reader.readByte(offset - 1) : 0;
            if (kind == CONSTANT_CLASS) {
                String type = reader.readUTF8(offset, buffer);
                if (isProcessType(type) || isWindowType(type)) {
                    return true;
                }
            } else if (kind == CONSTANT_NAME_AND_TYPE
                    && DEFINING.contains(reader.readUTF8(offset, buffer))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProcessType(String type) {
        return type.equals(PROCESS_BUILDER) || type.equals(RUNTIME);
    }

    private static boolean isWindowType(String type) {
        return type.startsWith("java/awt/") || type.startsWith("javax/swing/");
    }

    /** Whether a call takes a class file and gives a class, or a lookup in it. */
    private static boolean definesClass(String called, String descriptor) {
        return DEFINING.contains(called)
                && (descriptor.contains("[B") || descriptor.contains("Ljava/nio/ByteBuffer;"))
                && (descriptor.endsWith(")Ljava/lang/Class;")
                        || descriptor.endsWith(")Ljava/lang/invoke/MethodHandles$Lookup;"));
    }

    /** Looks at one method's instructions. */
    private final class Code extends MethodVisitor {
        private final String method;
        private int line;

        Code(String method) {
            super(Opcodes.ASM9);
            this.method = method;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (isWindowType(type)) {
                windows.add(place(method, line));
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            if (isWindowType(owner)) {
                windows.add(place(method, line));
            }
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String called, String descriptor, boolean isInterface) {
            if (owner.equals(PROCESS_BUILDER) && called.equals("start")
                    || owner.equals(RUNTIME) && called.equals("exec")) {
                processes.add(place(method, line));
            } else if (definesClass(called, descriptor)) {
                madeClasses.add(place(method, line));
            } else if (isWindowType(owner)) {
                windows.add(place(method, line));
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type
                    && type.getSort() == Type.OBJECT
                    && isWindowType(type.getInternalName())) {
                windows.add(place(method, line));
            }
        }
    }
}
