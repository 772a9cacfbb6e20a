package dev.cortado.image.names;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds the locales that a class names: constants of {@link Locale}, and what strings make. */
final class LocaleUse extends MethodVisitor {
    static final String LOCALE = "java/util/Locale";

    private static final Set<String> MAKERS = Set.of("<init>", "of", "forLanguageTag");
    private static final Set<Locale> ALWAYS_THERE = Set.of(Locale.ROOT, Locale.ENGLISH, Locale.US);
    private static final Type STRING = Type.getType(String.class);

    private final Set<String> tags;
    private final List<String> strings = new ArrayList<>();

    private LocaleUse(Set<String> tags) {
        super(Opcodes.ASM9);
        this.tags = tags;
    }

    /** Adds tags, those of languages without countries too. */
    static void in(byte[] classFile, Set<String> tags) {
        ClassVisitor methods =
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        return new LocaleUse(tags);
                    }
                };
        new ClassReader(classFile).accept(methods, ClassReader.SKIP_FRAMES);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        strings.clear();
        if (opcode == Opcodes.GETSTATIC && owner.equals(LOCALE)) {
            addConstant(name);
        }
    }

    private void addConstant(String name) {
        try {
            Field field = Locale.class.getField(name);
            if (field.getType() == Locale.class) {
                add((Locale) field.get(null));
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            // Another release's: that one's data are not here.
            return;
        }
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        if (owner.equals(LOCALE)
                && MAKERS.contains(name)
                && strings.size() >= parameters.length
                && List.of(parameters).stream().allMatch(STRING::equals)) {
            List<String> arguments =
                    strings.subList(strings.size() - parameters.length, strings.size());
            add(locale(name, arguments));
        }
        strings.clear();
    }

    private static Locale locale(String maker, List<String> arguments) {
        if (maker.equals("forLanguageTag")) {
            return Locale.forLanguageTag(arguments.getFirst());
        }
        return Locale.of(
                arguments.getFirst(),
                arguments.size() > 1 ? arguments.get(1) : "",
                arguments.size() > 2 ? arguments.get(2) : "");
    }

    /** What variants and extensions choose, such as a calendar, is data of no locale of its own. */
    private void add(Locale locale) {
        // What is ill-formed is not in a tag.
        Locale sound = Locale.forLanguageTag(locale.toLanguageTag());
        Locale plain =
                new Locale.Builder()
                        .setLanguage(sound.getLanguage())
                        .setScript(sound.getScript())
                        .setRegion(sound.getCountry())
                        .build();
        if (!plain.getLanguage().isEmpty() && !ALWAYS_THERE.contains(plain)) {
            tags.add(plain.toLanguageTag());
            tags.add(plain.getLanguage());
        }
    }

    @Override
    public void visitLdcInsn(Object value) {
        if (value instanceof String string) {
            strings.add(string);
        } else {
            strings.clear();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        strings.clear();
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        strings.clear();
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        strings.clear();
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        strings.clear();
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        strings.clear();
    }

    @Override
    public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle bootstrap, Object... arguments) {
        strings.clear();
    }
}
