package dev.cortado.image.preflight;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds the methods that a substitution class of GraalVM replaces: its methods, annotated with
 * {@code @Substitute}, stand for those of the class that its {@code @TargetClass} names.
 */
final class Substitutions extends ClassVisitor {
    private static final String TARGET_CLASS = "Lcom/oracle/svm/core/annotate/TargetClass;";
    private static final String SUBSTITUTE = "Lcom/oracle/svm/core/annotate/Substitute;";
    private static final byte[] MARK = TARGET_CLASS.getBytes(StandardCharsets.UTF_8);

    private final Set<MethodName> replaced;
    private String target;

    private Substitutions(Set<MethodName> replaced) {
        super(Opcodes.ASM9);
        this.replaced = replaced;
    }

    /** Adds what {@code classFile} replaces; a class that cannot be read replaces nothing. */
    static void collect(byte[] classFile, Set<MethodName> replaced) {
        if (ClassVersion.isReadable(classFile) && contains(classFile, MARK)) {
            try {
                new ClassReader(classFile)
                        .accept(new Substitutions(replaced), ClassReader.SKIP_CODE);
            } catch (RuntimeException e) {
                // ASM throws whatever comes up in a malformed class; EntryCheck reports those.
                return;
            }
        }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        if (!descriptor.equals(TARGET_CLASS)) {
            return null;
        }
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String name, Object value) {
                if (name.equals("value") && value instanceof Type type) {
                    target = type.getInternalName();
                } else if (name.equals("className")) {
                    target = value.toString().replace('.', '/');
                }
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (annotation.equals(SUBSTITUTE) && target != null) {
                    replaced.add(new MethodName(target, name));
                }
                return null;
            }
        };
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (bytes[i] == part[0]
                    && Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
