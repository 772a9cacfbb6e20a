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
    private static final int METHOD = 10;

    private final List<String> strings = new ArrayList<>();
    private final Set<String> classes = new HashSet<>();
    private final Set<String> methods = new HashSet<>();
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
                    case METHOD -> {
                        int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
                        String owner = reader.readClass(offset, characters);
                        methods.add(owner + "." + reader.readUTF8(nameAndType, characters));
                    }
                    default -> {
                        // Numbers, fields, and methods of interfaces.
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

    /** Whether a method of a class is named, with slashes in the class's name. */
    boolean hasMethod(String owner, String name) {
        return methods.contains(owner + "." + name);
    }

    /** Whether a class is named, with slashes. */
    boolean hasClass(String name) {
        return classes.contains(name);
    }
}
