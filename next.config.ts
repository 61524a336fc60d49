import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withLanguages = createNextIntlPlugin("./i18n/request.ts");

const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  devIndicators: false,
  // `npm run check` judges types, tests among them; a fault in a test must not keep anybody from starting the product.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  // The web process is our own server.ts; Next must not guess another root from files above this folder.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
};

export default withLanguages(config);
