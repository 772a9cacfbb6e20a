package dev.cortado.image.names;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/** The strings and classes in a class file's constant pool (JVMS 4.4), without its code. */
final class ConstantPool {
    private static final int CLASS = 7;
    private static final int STRING = 8;

    private final List<String> strings = new ArrayList<>();
    private final Set<String> classes = new HashSet<>();
    private final String className;

    /**
     * @throws RuntimeException if it is not a well-formed class file
     */
    ConstantPool(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        className = reader.getClassName().replace('/', '.');
        char[] characters = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0) {
                switch (reader.readByte(offset - 1)) {
                    case CLASS -> classes.add(reader.readUTF8(offset, characters));
                    case STRING -> strings.add(reader.readUTF8(offset, characters));
                    default -> {
                        // Numbers, and the members of classes.
                    }
                }
            }
        }
    }

    /** The class's own name, with dots. */
    String className() {
        return className;
    }

    List<String> strings() {
        return strings;
    }

    /** Whether a class is named, with slashes. */
    boolean hasClass(String name) {
        return classes.contains(name);
    }
}
