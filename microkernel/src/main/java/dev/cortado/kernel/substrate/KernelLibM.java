package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.headers.LibMSupport;

/** The one function of a mathematics library that the Java runtime itself calls. */
final class KernelLibM implements LibMSupport {
    private static final double LN_2 = 0.693147180559945309417;
    private static final long EXPONENT_BIAS = 1023;
    private static final int MANTISSA_BITS = 52;
    private static final double SCALE_SUBNORMAL = 0x1p54;
    private static final int TERMS = 27;

    /** Natural logarithm, from log(m * 2^e) = 2 artanh((m - 1) / (m + 1)) + e log(2). */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public double log(double value) {
        if (value != value || value == Double.POSITIVE_INFINITY) {
            return value;
        }
        if (value <= 0) {
            return value == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        boolean subnormal = value < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? value * SCALE_SUBNORMAL : value);
        long exponent = (bits >>> MANTISSA_BITS) - EXPONENT_BIAS - (subnormal ? 54 : 0);
        long mantissaBits = bits & ((1L << MANTISSA_BITS) - 1);
        double mantissa = Double.longBitsToDouble(mantissaBits | EXPONENT_BIAS << MANTISSA_BITS);
        double x = (mantissa - 1) / (mantissa + 1);
        double power = x;
        double sum = 0;
        for (int n = 1; n <= TERMS; n += 2) {
            sum += power / n;
            power *= x * x;
        }
        return 2 * sum + exponent * LN_2;
    }
}
