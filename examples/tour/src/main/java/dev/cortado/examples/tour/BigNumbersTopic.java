package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** BigDecimal and BigInteger: exact sums, rounding, roots and many digits. */
final class BigNumbersTopic implements Topic {
    @Override
    public String title() {
        return "BigDecimal and BigInteger";
    }

    @Override
    public void show(PrintStream out) {
        out.println("0.1 + 0.2 = " + new BigDecimal("0.1").add(new BigDecimal("0.2")));
        out.println(
                "1 / 7 = "
                        + BigDecimal.ONE.divide(BigDecimal.valueOf(7), 40, RoundingMode.HALF_EVEN));
        out.println("e = " + e(50));
        out.println("square root of 2 = " + BigDecimal.TWO.sqrt(new MathContext(45)));
        for (RoundingMode mode : RoundingMode.values()) {
            if (mode != RoundingMode.UNNECESSARY) {
                out.println("-2.5 " + mode + " = " + new BigDecimal("-2.5").setScale(0, mode));
            }
        }
        try {
            BigDecimal.ONE.divide(BigDecimal.valueOf(3));
        } catch (ArithmeticException e) {
            out.println("1 / 3: " + e.getMessage());
        }
        out.println("plain: " + new BigDecimal("1.23E+10").toPlainString());
        out.println("30! = " + factorial(30));
        BigInteger prime = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
        out.println(prime + " is prime: " + prime.isProbablePrime(30));
        out.println("3^-1 modulo it: " + BigInteger.valueOf(3).modInverse(prime).toString(36));
        out.println("digits of 2^5000: " + BigInteger.TWO.pow(5_000).toString().length());
    }

    private static BigDecimal e(int digits) {
        MathContext context = new MathContext(digits + 5);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 60; n++) {
            term = term.divide(BigDecimal.valueOf(n), context);
            sum = sum.add(term, context);
        }
        return sum.round(new MathContext(digits, RoundingMode.DOWN));
    }

    private static BigInteger factorial(int n) {
        return n < 2 ? BigInteger.ONE : factorial(n - 1).multiply(BigInteger.valueOf(n));
    }
}
