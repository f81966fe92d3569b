import type { RouteObject } from 'react-router';
import { RequireMember } from '@/app/guards';
import { BareLayout } from '@/app/bare-layout';
import { Layout } from '@/app/layout';
import { Providers } from '@/app/providers';
import { RouteError } from '@/app/route-error';

export const routes: RouteObject[] = [
{ Component: Providers, children: [
{ Component: Layout, children: [
{ ErrorBoundary: RouteError, children: [
{ path: '/people/:profileId', lazy: () => import('@/features/profiles/profile-page') },
{ path: '/', lazy: () => import('@/features/clips/clips-page') },
] },
] },
{ Component: BareLayout, children: [
{ ErrorBoundary: RouteError, children: [
{ element: <RequireMember />, children: [
{ path: '/upload', lazy: () => import('@/features/clips/upload-page') },
] },
] },
] },
] },
];
