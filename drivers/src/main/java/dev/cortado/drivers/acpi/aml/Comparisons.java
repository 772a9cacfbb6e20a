package dev.cortado.drivers.acpi.aml;

import java.util.Arrays;

/** Comparisons, and the search for elements that they hold for (ACPI 6.5, 19.6.70 to 19.6.80). */
final class Comparisons {
    /** MatchOpcodes (20.2.5.4). */
    private static final int MTR = 0;

    private static final int MEQ = 1;
    private static final int MLE = 2;
    private static final int MLT = 3;
    private static final int MGE = 4;
    private static final int MGT = 5;

    private static final int NOT_FOUND = -1;

    private final Execution execution;
    private final Expressions expressions;

    Comparisons(Execution execution, Expressions expressions) {
        this.execution = execution;
        this.expressions = expressions;
    }

    AmlObject apply(int opcode, Frame frame) throws AmlException {
        if (opcode == Opcode.MATCH) {
            return execution.integer(match(frame));
        }
        AmlObject left = expressions.value(frame);
        int order = compare(left, expressions.value(frame));
        return execution.truth(
                switch (opcode) {
                    case Opcode.LEQUAL -> order == 0;
                    case Opcode.LGREATER -> order > 0;
                    default -> order < 0;
                });
    }

    /** The right one is converted to the type of the left one (19.3.5.5). */
    private int compare(AmlObject left, AmlObject right) throws AmlException {
        Conversions conversions = execution.conversions();
        return switch (left) {
            case AmlString text -> compareBytes(text, conversions.string(right));
            case AmlBuffer buffer -> compareBytes(buffer, conversions.buffer(right));
            default ->
                    Long.compareUnsigned(
                            conversions.integer(left).value(), conversions.integer(right).value());
        };
    }

    private int compareBytes(AmlBytes left, AmlBytes right) throws AmlException {
        execution.budget().steps(Math.min(left.length(), right.length()) / Long.BYTES);
        return Arrays.compareUnsigned(left.bytes(), right.bytes());
    }

    /** Match (19.6.79): the first element that two comparisons hold for. */
    private long match(Frame frame) throws AmlException {
        AmlObject source = expressions.value(frame);
        if (!(source instanceof AmlPackage elements)) {
            throw Conversions.unexpected("A package", source);
        }
        int first = frame.cursor().next();
        AmlObject firstValue = expressions.value(frame);
        int second = frame.cursor().next();
        AmlObject secondValue = expressions.value(frame);
        int start = elements.checkIndex(expressions.number(frame));
        for (int i = start; i < elements.length(); i++) {
            execution.budget().step();
            AmlObject element = elements.get(i);
            if (element == null) {
                continue;
            }
            AmlObject value = execution.resolve(element);
            if (isComparable(value)
                    && holds(first, value, firstValue)
                    && holds(second, value, secondValue)) {
                return i;
            }
        }
        return NOT_FOUND;
    }

    private static boolean isComparable(AmlObject value) {
        return value instanceof AmlInteger || value instanceof AmlBytes;
    }

    /** The element is converted to the type of what it is compared with. */
    private boolean holds(int comparison, AmlObject element, AmlObject value) throws AmlException {
        if (comparison == MTR) {
            return true;
        }
        int order = -compare(value, element);
        return switch (comparison) {
            case MEQ -> order == 0;
            case MLE -> order <= 0;
            case MLT -> order < 0;
            case MGE -> order >= 0;
            case MGT -> order > 0;
            default -> throw new AmlException("Match with comparison " + comparison);
        };
    }
}
