package dev.cortado.system.guest.suite;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys with certificates that they have signed themselves, for localhost and 127.0.0.1, as PKCS
 * #12. Made with {@code keytool -genkeypair -keyalg EC -groupname secp256r1 -ext
 * san=dns:localhost,ip:127.0.0.1 -startdate 2020/01/01 -validity 36500 -storepass password}, with
 * 1000 iterations of everything (-J-Dkeystore.pkcs12.macIterationCount and so on).
 */
final class TestKeys {
    static final String SERVER =
            """
            MIIEAAIBAzCCA6oGCSqGSIb3DQEHAaCCA5sEggOXMIIDkzCCASoGCSqGSIb3DQEHAaCCARsEggEXMIIBEzCCAQ8G
            CyqGSIb3DQEMCgECoIG9MIG6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBSaUm+O0grrJ33slPZIfHIP
            pMJnLgICA+gCASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHW0ycw5FlAa55f8hcrDNEYEUKdBNgxGYZQL
            Ne8Mi5RQ1yHjcBDvNPcnp5KtvKO8r7bW/PS3+G1QQ+fF+/zae/UVkQwcQrq3CCFGBuj+mZEEC57Q+Qa83UJFfbbS
            61yYaBJ3MUAwGwYJKoZIhvcNAQkUMQ4eDABzAGUAcgB2AGUAcjAhBgkqhkiG9w0BCRUxFAQSVGltZSAxNzk1OTE5
            Mjc2MTM5MIICYQYJKoZIhvcNAQcGoIICUjCCAk4CAQAwggJHBgkqhkiG9w0BBwEwZgYJKoZIhvcNAQUNMFkwOAYJ
            KoZIhvcNAQUMMCsEFOHo0c61q4t1oAzJs2dgvYWZ/ropAgID6AIBIDAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQB
            KgQQbE86j7YjY9IIjWV6cGsP1ICCAdBL/nx0cMYkyja2nqrkWgoOmTCLuc9sBHBBVsmW1jWkmRzTDbqgPhjh+vMs
            O7FlAMQ1ppZEtggQnKqOLX8bYFm0/TKsWWurPFgg3Cn98aacxYyCffRCfhIxl+oXCzvfg+IE5bz4jidjUHbaE+f+
            8LE8aMSK7nLIkalBkILmsM8pwdHYHLd9EVTD8QraTbxL4TnFoTCmqxFTW7jzOI6hfODBTLTVyd9o/e7E9U6b3017
            ekKuXq8WNhLXEJH8EhDpP1NWHOvvxZXt9/nCeukgR0SWhbTL4Jl+NTzSmoaCJyMS0J9LjXA2CVz0Wr4KmWaYLxsE
            N1WR0Ax5WZTsCcUQNux3Nu1Zw1nDXHl3pMVfFXGY/S0VtfQTXmZDLA0CckB2Gmewlre7ezMrkcJMffLsLviNGOh7
            QwUGk5680YVfX0B9KY56sGvXdnaRm1LcH2waAFQK6eqk8eVO6hl3FTZeje3l80DvQjphGSc7d2nvsg3rBrgSukGJ
            xyNbgaq/ldaEjDdaF4oVHBlRwFnBGv2lBgtNFyFPUPzhvXr092mICCTrmq0/TBU0oD6esV6LP6TKU++Fv2V3+fNd
            6sIJaPb6f05FAsLSdiiEDqBb4vmJik+oEjBNMDEwDQYJYIZIAWUDBAIBBQAEIA8LOZ40OeTBA4BfHdjynzfNbXMx
            TIiCdMGxi7NtF1qlBBTMiHDRzWnoO+R15xwzaE0NRM8YLAICA+g=
            """;

    static final String STRANGER =
            """
            MIIEFAIBAzCCA74GCSqGSIb3DQEHAaCCA68EggOrMIIDpzCCAS4GCSqGSIb3DQEHAaCCAR8EggEbMIIBFzCCARMG
            CyqGSIb3DQEMCgECoIG9MIG6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBR5iTsPT5kCgU/tYlUGN1TV
            akawkgICA+gCASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEK68aZE3Zmq6kwVRYZOq7pgEUHpmqxkpQkEX
            9YyaES5TPOTHR7zXRov4zUQ3jgNhxwOU9Y2VgtHLDeLHw4odxOW5nlIvlwsQvLTLIS0MsqVai81NP5uXn8kYctue
            QxbZov7nMUQwHwYJKoZIhvcNAQkUMRIeEABzAHQAcgBhAG4AZwBlAHIwIQYJKoZIhvcNAQkVMRQEElRpbWUgMTc5
            NTkxOTI3NzU2NTCCAnEGCSqGSIb3DQEHBqCCAmIwggJeAgEAMIICVwYJKoZIhvcNAQcBMGYGCSqGSIb3DQEFDTBZ
            MDgGCSqGSIb3DQEFDDArBBQeu5qT/PF17iUPpag66tnGKlWjwgICA+gCASAwDAYIKoZIhvcNAgkFADAdBglghkgB
            ZQMEASoEEJChNb4yJ4zLaiJ6b/vtG2qAggHgbm+HqBhKYPkJdHXafgiSF1t7wrWoTShDFXOFZuwL8qIh3GnIBT5c
            v+rH3hAI7D7u+d2RQDLUU48rurWopjTsZP+f9WCZI8INM4hqeYiaWXgOTqPgCp29bibQdr1fdly6QrraCk+QOh1H
            dT/+Kyd+J5tYnZuOi2atz63hxBuwM3ESjzGHHZHNCThJGqLkiqexpJMzRobs+H9aKLTeVg0iy4JJUdVKtaEaWTaO
            YfetWvYAEGMcF7xTcreeuU9sgWHnP/hF1wKxsNQdJ9b+WV/AgeqBom9Rlqp22Xo57sJz2VDDG3i8zU0qEdkNgOBU
            GRdyTVBFgqLxIsF4xcdNP7PvUUVzWXqFNsA6RiJZa3HRWc8381PsK9qY3h+Nr+x0DxUU2Ar0szITyFMywhXaxyQQ
            /UQB0EQFsda53bZwfPlUbWmiJhQ6jN/LPDZS2yLJRZrNvrzfrL2bdOuGVX/4q/m0GelIFWOHmKcQTKqMSqahvRvt
            /8Se+ufusTCo6odMTqfWQT5t8JoBaRTj4wWPUhZCknjtpCubxw8cgtUUHohFWe5q4V8SHfMcYCt+BLz8taZ0Q9QV
            PkcAlMhnB6qpaMyrZS01y8WheRT22/SdBYYEsxEER7SvdTWmJWn2Kis792tlME0wMTANBglghkgBZQMEAgEFAAQg
            NhOOOeOknM2+9Z+4fb4RVGi4ObLkNvWYFGZujF1FJHwEFBICQ+9ucuSpPwQiZQteNrg1H1hZAgID6A==
            """;

    private static final char[] PASSWORD = "password".toCharArray();

    private TestKeys() {}

    private static KeyStore load(String text) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(text)), PASSWORD);
        return store;
    }

    /** Who is {@link #SERVER}, and trusts only one of the two. */
    static SSLContext context(String trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(load(SERVER), PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        KeyStore from = load(trusted);
        store.setCertificateEntry("trusted", from.getCertificate(from.aliases().nextElement()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
