package dev.cortado.boot.x86;

/** Conditions of jumps and sets (SDM vol. 1, appendix B); the ordinal is the encoding. */
public enum Condition {
    OVERFLOW,
    NOT_OVERFLOW,
    BELOW,
    ABOVE_OR_EQUAL,
    EQUAL,
    NOT_EQUAL,
    BELOW_OR_EQUAL,
    ABOVE,
    SIGN,
    NOT_SIGN,
    PARITY,
    NOT_PARITY,
    LESS,
    GREATER_OR_EQUAL,
    LESS_OR_EQUAL,
    GREATER;

    /** After an arithmetic instruction: the result was zero. */
    public static final Condition ZERO = EQUAL;

    /** After an arithmetic instruction: the result was not zero. */
    public static final Condition NOT_ZERO = NOT_EQUAL;

    /** The carry flag is set. */
    public static final Condition CARRY = BELOW;

    /** The carry flag is clear. */
    public static final Condition NOT_CARRY = ABOVE_OR_EQUAL;
}
