/**
 * Signatures for UEFI's secure boot, of the kind that it knows: Microsoft's "Windows Authenticode
 * Portable Executable Signature Format" (2008), a profile of the Cryptographic Message Syntax (RFC
 * 2315, PKCS #7).
 */
package dev.cortado.image.signature;
