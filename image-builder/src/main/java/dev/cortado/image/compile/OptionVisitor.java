package dev.cortado.image.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads what the fields of one of the compiler's classes say about options. */
final class OptionVisitor extends ClassVisitor {
    private static final String PACKAGE = "Lcom/oracle/svm/core/option/";
    private static final String OPTION = PACKAGE + "APIOption;";
    private static final String OPTIONS = PACKAGE + "APIOption$List;";

    /** Options whose values are files that a bundle of a build has to contain. */
    private static final String FILES = PACKAGE + "BundleMember;";

    private static final String PATHS = "MultiOptionValue$Paths;";

    private final Consumer<CompilerOption> options;
    private final Consumer<String> paths;

    /**
     * @param paths is given the compiler's own names of options whose values are paths
     */
    OptionVisitor(Consumer<CompilerOption> options, Consumer<String> paths) {
        super(Opcodes.ASM9);
        this.options = options;
        this.paths = paths;
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String type, String generic, Object value) {
        if (generic == null || !type.contains("OptionKey")) {
            return null;
        }
        if (generic.contains(PATHS) || name.endsWith("Path") || name.endsWith("Paths")) {
            paths.accept(name);
        }
        boolean isSwitch = generic.contains("<Ljava/lang/Boolean;>");
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return switch (annotation) {
                    case OPTION -> new Declaration(name, isSwitch);
                    case OPTIONS -> new Several(name, isSwitch);
                    case FILES -> {
                        paths.accept(name);
                        yield null;
                    }
                    default -> null;
                };
            }
        };
    }

    /** An option that has several declarations. */
    private final class Several extends AnnotationVisitor {
        private final String builderName;
        private final boolean isSwitch;

        Several(String builderName, boolean isSwitch) {
            super(Opcodes.ASM9);
            this.builderName = builderName;
            this.isSwitch = isSwitch;
        }

        @Override
        public AnnotationVisitor visitArray(String attribute) {
            return this;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String attribute, String type) {
            return new Declaration(builderName, isSwitch);
        }
    }

    /** One declaration. */
    private final class Declaration extends AnnotationVisitor {
        private final String builderName;
        private final boolean isSwitch;
        private final List<String> names = new ArrayList<>();
        private final List<Character> separators = new ArrayList<>();
        private boolean negated;
        private boolean grouped;
        private String fixedValue;
        private String defaultValue;
        private String transformer;

        Declaration(String builderName, boolean isSwitch) {
            super(Opcodes.ASM9);
            this.builderName = builderName;
            this.isSwitch = isSwitch;
        }

        @Override
        public void visit(String attribute, Object value) {
            if (attribute.equals("group")) {
                grouped = true;
            } else if (value instanceof char[] characters) {
                for (char each : characters) {
                    separators.add(each);
                }
            }
        }

        @Override
        public void visitEnum(String attribute, String type, String value) {
            negated |= value.equals("Negated");
        }

        @Override
        public AnnotationVisitor visitArray(String attribute) {
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String none, Object value) {
                    switch (attribute) {
                        case "name" -> names.add(value.toString());
                        case "valueSeparator" -> separators.add((Character) value);
                        case "fixedValue" -> fixedValue = value.toString();
                        case "defaultValue" -> defaultValue = value.toString();
                        case "valueTransformer" -> transformer = ((Type) value).getClassName();
                        default -> {
                            // Help texts and the like.
                        }
                    }
                }
            };
        }

        /** The names of a group are values of another option. */
        @Override
        public void visitEnd() {
            if (!grouped) {
                names.forEach(name -> options.accept(option(name)));
            }
        }

        private CompilerOption option(String name) {
            return new CompilerOption(
                    name.startsWith("-") ? name : "--" + name,
                    builderName,
                    kind(),
                    separators.isEmpty() ? List.of('=') : separators,
                    fixedValue == null ? defaultValue : fixedValue,
                    transformer);
        }

        private CompilerOption.Kind kind() {
            if (isSwitch) {
                return negated ? CompilerOption.Kind.OFF : CompilerOption.Kind.ON;
            }
            return fixedValue == null ? CompilerOption.Kind.VALUED : CompilerOption.Kind.FIXED;
        }
    }
}
