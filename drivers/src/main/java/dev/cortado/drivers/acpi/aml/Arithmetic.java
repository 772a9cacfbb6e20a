package dev.cortado.drivers.acpi.aml;

/** Operators on integers (ACPI 6.5, 19.6). Integers are unsigned, and wrap around. */
final class Arithmetic {
    private static final int DECIMAL = 10;
    private static final int DIGIT_BITS = 4;
    private static final int DIGIT_MASK = 0xf;

    private final Execution execution;
    private final Expressions expressions;
    private final Places places;

    Arithmetic(Execution execution, Expressions expressions, Places places) {
        this.execution = execution;
        this.expressions = expressions;
        this.places = places;
    }

    AmlObject apply(int opcode, Frame frame) throws AmlException {
        return switch (opcode) {
            case Opcode.INCREMENT -> add(frame, 1);
            case Opcode.DECREMENT -> add(frame, -1);
            case Opcode.DIVIDE -> divide(frame);
            case Opcode.LNOT -> execution.truth(expressions.number(frame) == 0);
            // Both sides are evaluated, whatever the first one is.
            case Opcode.LAND ->
                    execution.truth(
                            expressions.number(frame) != 0 & expressions.number(frame) != 0);
            case Opcode.LOR ->
                    execution.truth(
                            expressions.number(frame) != 0 | expressions.number(frame) != 0);
            case Opcode.NOT,
                    Opcode.FIND_SET_LEFT_BIT,
                    Opcode.FIND_SET_RIGHT_BIT,
                    Opcode.FROM_BCD,
                    Opcode.TO_BCD ->
                    result(frame, unary(opcode, expressions.number(frame)));
            default -> {
                long left = expressions.number(frame);
                long right = expressions.number(frame);
                yield result(frame, binary(opcode, left, right));
            }
        };
    }

    private AmlObject result(Frame frame, long value) throws AmlException {
        return expressions.store(frame, execution.integer(value));
    }

    private AmlObject add(Frame frame, long change) throws AmlException {
        Place place = places.superName(frame);
        long value = execution.conversions().number(place.read(execution));
        AmlInteger result = execution.integer(value + change);
        place.store(result, execution);
        return result;
    }

    /** Divide (19.6.32): the remainder's target comes before the quotient's. */
    private AmlObject divide(Frame frame) throws AmlException {
        long dividend = expressions.number(frame);
        long divisor = checkDivisor(expressions.number(frame));
        result(frame, Long.remainderUnsigned(dividend, divisor));
        return result(frame, Long.divideUnsigned(dividend, divisor));
    }

    private static long checkDivisor(long divisor) throws AmlException {
        if (divisor == 0) {
            throw new AmlException("Division by zero");
        }
        return divisor;
    }

    private static long binary(int opcode, long left, long right) throws AmlException {
        return switch (opcode) {
            case Opcode.ADD -> left + right;
            case Opcode.SUBTRACT -> left - right;
            case Opcode.MULTIPLY -> left * right;
            case Opcode.MOD -> Long.remainderUnsigned(left, checkDivisor(right));
            case Opcode.SHIFT_LEFT -> isShift(right) ? left << right : 0;
            case Opcode.SHIFT_RIGHT -> isShift(right) ? left >>> right : 0;
            case Opcode.AND -> left & right;
            case Opcode.NAND -> ~(left & right);
            case Opcode.OR -> left | right;
            case Opcode.NOR -> ~(left | right);
            default -> left ^ right;
        };
    }

    private static boolean isShift(long count) {
        return count >= 0 && count < Long.SIZE;
    }

    private long unary(int opcode, long value) throws AmlException {
        return switch (opcode) {
            case Opcode.NOT -> ~value;
            // Bits are counted from one; 0 says that there is none.
            case Opcode.FIND_SET_LEFT_BIT -> Long.SIZE - Long.numberOfLeadingZeros(value);
            case Opcode.FIND_SET_RIGHT_BIT ->
                    value == 0 ? 0 : Long.numberOfTrailingZeros(value) + 1;
            case Opcode.FROM_BCD -> fromBcd(value);
            default -> toBcd(value);
        };
    }

    private static long fromBcd(long value) throws AmlException {
        long result = 0;
        for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            long digit = value >>> shift & DIGIT_MASK;
            if (digit >= DECIMAL) {
                throw new AmlException("0x" + Long.toHexString(value) + " is not decimal");
            }
            result = result * DECIMAL + digit;
        }
        return result;
    }

    private long toBcd(long value) throws AmlException {
        long result = 0;
        long left = value;
        for (int shift = 0; shift < execution.integerBytes() * Byte.SIZE; shift += DIGIT_BITS) {
            result |= Long.remainderUnsigned(left, DECIMAL) << shift;
            left = Long.divideUnsigned(left, DECIMAL);
        }
        if (left != 0) {
            throw new AmlException(Long.toUnsignedString(value) + " has too many digits for BCD");
        }
        return result;
    }
}
