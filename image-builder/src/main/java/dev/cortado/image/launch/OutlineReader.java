package dev.cortado.image.launch;

import dev.cortado.image.launch.ClassOutline.Method;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes an outline of a class that goes by. */
public final class OutlineReader extends ClassVisitor {
    private final List<Method> mains = new ArrayList<>();
    private final List<Method> constructors = new ArrayList<>();
    private String name;
    private String superName;
    private String[] interfaces;
    private boolean isAbstract;
    private boolean isInner;

    public OutlineReader() {
        super(Opcodes.ASM9);
    }

    /**
     * @throws RuntimeException if it is not a well-formed class file
     */
    public static ClassOutline read(byte[] classFile) {
        OutlineReader reader = new OutlineReader();
        new ClassReader(classFile)
                .accept(
                        reader,
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return reader.outline();
    }

    /** The class that has gone by. */
    public ClassOutline outline() {
        return new ClassOutline(
                dots(name),
                superName == null ? "" : dots(superName),
                interfaces == null
                        ? List.of()
                        : List.of(interfaces).stream().map(OutlineReader::dots).toList(),
                isAbstract,
                isInner,
                List.copyOf(mains),
                List.copyOf(constructors));
    }

    @Override
    public void visit(
            int version,
            int access,
            String className,
            String signature,
            String superClass,
            String[] superInterfaces) {
        name = className;
        superName = superClass;
        interfaces = superInterfaces;
        isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    @Override
    public void visitInnerClass(String inner, String outer, String simpleName, int access) {
        if (inner.equals(name)) {
            isInner = outer != null && (access & Opcodes.ACC_STATIC) == 0;
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        if (method.equals("main")) {
            mains.add(new Method(access, descriptor));
        } else if (method.equals("<init>")) {
            constructors.add(new Method(access, descriptor));
        }
        return null;
    }

    private static String dots(String internalName) {
        return internalName.replace('/', '.');
    }
}
