package app;

/** One of two with a main. */
public final class One {
    private One() {}

    public static void main(String[] args) {
        System.out.println("never");
    }
}
